using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Automations.Triggers;

/// <summary>All SQL on <c>automation_event_follower</c>: events that wait for the one they follow.</summary>
internal static class FollowerStore
{
    private const string Scope = "triggers";

    /// <summary>Those of some ids that were evaluated: stored, and not waiting.</summary>
    public static DbResult<List<Guid>> Seen(SqlBatch batch, IReadOnlyCollection<Guid> ids) => batch.List(
        $"""
        select e.id from events e where e.id = any({ids})
        and not exists (select 1 from automation_event_follower f where f.scope = {Scope} and f.follower_event_id = e.id)
        """,
        static row => row.GetGuid(0));

    /// <summary>Fails the batch when any of these, which <see cref="Seen"/> did not know, was evaluated since. After the automations are held: who did that held them too.</summary>
    public static void RequireUnseen(SqlBatch batch, IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count > 0) batch.Require($"not exists (select 1 from events e where e.id = any({ids}))");
    }

    /// <summary>The events that wait for some others.</summary>
    public static Task<List<Follower>> OfAsync(Db db, IReadOnlyCollection<Guid> leaders, CancellationToken cancel) => db.ListAsync(
        $"select id, follower from automation_event_follower where scope = {Scope} and leader_event_id = any({leaders}) order by received, id", Read, cancel);

    /// <summary>The events whose wait is over: their leader was evaluated, or came not within the time.</summary>
    public static Task<List<Follower>> ReleasedAsync(Db db, DateTimeOffset lostBefore, int limit, CancellationToken cancel) => db.ListAsync(
        $"""
        select f.id, f.follower from automation_event_follower f
        where f.scope = {Scope} and (f.received <= {lostBefore} or (
            exists (select 1 from events e where e.id = f.leader_event_id)
            and not exists (select 1 from automation_event_follower l where l.scope = {Scope} and l.follower_event_id = f.leader_event_id)))
        order by f.received, f.id limit {limit}
        """,
        Read, cancel);

    /// <summary>Takes events out that waited; fails the batch when somebody else has taken any of them.</summary>
    public static void Take(SqlBatch batch, IReadOnlyCollection<Follower> followers)
    {
        if (followers.Count == 0) return;
        var rows = followers.Select(static follower => follower.Row).ToArray();
        batch.Require($"(select count(*) from (select f.id from automation_event_follower f where f.id = any({rows}) order by f.id for update) held) = {rows.Length}");
        batch.Execute($"delete from automation_event_follower where id = any({rows})");
    }

    /// <summary>How many wait.</summary>
    public static DbResult<int> Count(SqlBatch batch) =>
        batch.One($"select count(*) from automation_event_follower where scope = {Scope}", static row => row.GetInt32(0));

    public static void Park(SqlBatch batch, IReadOnlyList<ReceivedEvent> events, DateTimeOffset now) => batch.Insert(
        $"insert into automation_event_follower (id, created, updated, scope, leader_event_id, follower_event_id, received, follower)",
        events,
        told => $"({Guid.NewGuid()}, {now}, {now}, {Scope}, {told.Follows!.Value}, {told.Id}, {told.Received}, {JsonText.Of(told)})",
        $"on conflict (scope, follower_event_id) do nothing");

    private static Follower Read(DbRow row) => new(row.GetGuid(0), EventView.Read(row.GetJson(1)));
}
