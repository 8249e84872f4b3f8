using Reeve.Data;
using Reeve.Server.Processes;

namespace Reeve.Server.Automations.Actions;

/// <summary>All SQL on <c>reeve_action</c>.</summary>
internal static class ActionQueue
{
    public const string Waiting = "waiting";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Dead = "dead";

    /// <summary>Queues an action; one of the same firing and place is queued once.</summary>
    public static void Add(SqlBatch batch, ActionTask task, DateTimeOffset now) => batch.Execute(
        $"""
        insert into reeve_action (id, automation_id, firing_id, action_index, action_type, body, depth, status, attempts, due, created)
        values ({task.Id}, {task.AutomationId}, {task.FiringId}, {task.Index}, {task.Type}, {task.Body}, {task.Depth}, {Waiting}, {0}, {now}, {now})
        on conflict (firing_id, action_index) do nothing
        """);

    /// <summary>
    /// Takes the oldest actions that are due for the time of a lease. Other processes skip them meanwhile: by the slowest clock of all, so that none whose clock is ahead
    /// begins what is still being done. Actions of a firing wait for those before them that are being done.
    /// </summary>
    public static Task<List<ActionTask>> ClaimAsync(Db db, Guid owner, DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancel) =>
        db.ExecuteReturningAsync(
            $"""
            update reeve_action set owner = {owner}, due = {now + lease}, attempts = attempts + 1
            where id in (
                select id from reeve_action a
                where finished is null and due <= {now} and (owner is null or due <= {ProcessStore.SlowestNow(db.Dialect, now)}) and not {WaitsForAnother(db, now)}
                order by due, firing_id, action_index limit {limit} for update skip locked)
            returning id, automation_id, firing_id, action_index, action_type, body, depth, attempts
            """,
            static row => new ActionTask(
                row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetInt32(3), row.GetString(4), row.GetJson(5), row.GetInt32(6), row.GetInt32(7)),
            cancel);

    /// <summary>Begins the lease of the claimed actions of a firing anew; those whose claim still stands.</summary>
    public static Task<List<Guid>> RenewAsync(Db db, Guid firing, Guid owner, DateTimeOffset until, CancellationToken cancel) => db.ExecuteReturningAsync(
        $"update reeve_action set due = {until} where firing_id = {firing} and owner = {owner} and finished is null returning id", static row => row.GetGuid(0), cancel);

    /// <summary>The condition under which the claim still stands.</summary>
    public static Sql Holds(ActionTask task, Guid owner) =>
        $"exists (select 1 from reeve_action where id = {task.Id} and owner = {owner} and finished is null)";

    /// <summary>Records the end. Statements that belong to it go before, on the condition of <see cref="Holds"/>.</summary>
    public static DbResult<int> Finish(SqlBatch batch, ActionTask task, Guid owner, string status, string? reason, DateTimeOffset now) => batch.Execute(
        $"update reeve_action set status = {status}, reason = {reason}, finished = {now} where id = {task.Id} and owner = {owner} and finished is null");

    /// <summary>Gives an action back, to be tried again later.</summary>
    public static Task<int> RetryAsync(Db db, ActionTask task, Guid owner, string reason, DateTimeOffset due, CancellationToken cancel) => db.ExecuteAsync(
        $"update reeve_action set due = {due}, owner = null, reason = {reason} where id = {task.Id} and owner = {owner} and finished is null", cancel);

    /// <summary>Gives back all that are claimed and not done.</summary>
    public static Task<int> ReleaseAsync(Db db, Guid owner, DateTimeOffset now, CancellationToken cancel) => db.ExecuteAsync(
        $"update reeve_action set due = {now}, owner = null where owner = {owner} and finished is null", cancel);

    /// <summary>When the next action is due, be it one whose lease runs out.</summary>
    public static Task<DateTimeOffset?> NextDueAsync(Db db, DateTimeOffset now, CancellationToken cancel) => db.OneAsync(
        $"""
        select (select due from reeve_action a where finished is null and owner is null and not {WaitsForAnother(db, now)} order by due, id limit 1),
            (select due from reeve_action where finished is null and owner is not null order by due, id limit 1),
            {ProcessStore.ClockLead(db.Dialect, now)}
        """,
        static row => Earlier(row.GetInstantOrNull(0), row.GetInstantOrNull(1) + TimeSpan.FromSeconds(row.GetDouble(2))), cancel);

    /// <summary>Forgets actions that ended long ago.</summary>
    public static Task<int> SweepAsync(Db db, DateTimeOffset before, int limit, CancellationToken cancel) => db.ExecuteAsync(
        $"""
        delete from reeve_action where id in
            (select id from reeve_action where finished is not null and finished < {before} order by finished limit {limit} for update skip locked)
        """, cancel);

    /// <summary>Whether one before the action <c>a</c> is being done.</summary>
    private static Sql WaitsForAnother(Db db, DateTimeOffset now) =>
        $"""
        exists (
            select 1 from reeve_action b
            where b.firing_id = a.firing_id and b.action_index < a.action_index and b.finished is null and b.owner is not null and b.due > {ProcessStore.SlowestNow(db.Dialect, now)})
        """;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;
}
