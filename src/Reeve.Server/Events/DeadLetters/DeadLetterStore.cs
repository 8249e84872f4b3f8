using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Data;

namespace Reeve.Server.Events.DeadLetters;

/// <summary>All SQL on <c>reeve_dead_letter</c>.</summary>
internal sealed class DeadLetterStore(Db db)
{
    private const int LongestError = 10_000;

    private static readonly SqlText Columns = new("d.id, d.consumer, d.event_id, d.event_name, d.event, d.received, d.error, d.attempts, d.created, d.updated");

    /// <summary>Adds one, or counts another attempt at the one that is there.</summary>
    public static void Add(SqlBatch batch, string consumer, ReceivedEvent told, string error, DateTimeOffset now) => batch.Execute(
        $"""
        insert into reeve_dead_letter (id, consumer, event_id, event_name, event, received, error, attempts, created, updated)
        values ({Guid.CreateVersion7(now)}, {consumer}, {told.Id}, {told.Event}, {RawJson.From(told, ReeveJson.TypeInfo<ReceivedEvent>())}, {told.Received}, {Cut(error)}, 1, {now}, {now})
        on conflict (consumer, event_id) do update set error = excluded.error, attempts = reeve_dead_letter.attempts + 1, updated = excluded.updated
        """);

    /// <summary>The oldest first.</summary>
    public Task<List<DeadLetter>> ListAsync(string? consumer, int limit, int offset, CancellationToken cancel)
    {
        var where = new Predicate();
        if (consumer is not null) where.Add($"d.consumer = {consumer}");
        return db.ListAsync(
            $"select {Columns} from reeve_dead_letter d where {where.ToSql()} order by d.created, d.id limit {limit} offset {offset}", Read, cancel);
    }

    public Task<int> CountAsync(CancellationToken cancel) =>
        db.OneAsync($"select count(*) from reeve_dead_letter", static row => row.GetInt32(0), cancel);

    public Task<DeadLetter?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from reeve_dead_letter d where d.id = {id}", Read, cancel);

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancel) =>
        await db.ExecuteAsync($"delete from reeve_dead_letter where id = {id}", cancel) == 1;

    /// <summary>Takes one out in the batch that replays it, which fails when somebody else just has.</summary>
    public static void Take(SqlBatch batch, Guid id)
    {
        batch.Require($"exists (select 1 from (select d.id from reeve_dead_letter d where d.id = {id} for update) held)");
        batch.Execute($"delete from reeve_dead_letter where id = {id}");
    }

    public Task FailedAgainAsync(Guid id, string error, DateTimeOffset now, CancellationToken cancel) => db.ExecuteAsync(
        $"update reeve_dead_letter set error = {Cut(error)}, attempts = attempts + 1, updated = {now} where id = {id}", cancel);

    private static string Cut(string error) => (error.Length > LongestError ? error[..LongestError] : error).Replace('\0', ' ');

    private static DeadLetter Read(DbRow row) => new()
    {
        Id = row.GetGuid(0),
        Consumer = row.GetString(1),
        EventId = row.GetGuid(2),
        EventName = row.GetString(3),
        Event = row.GetJson(4),
        Received = row.GetInstant(5),
        Error = row.GetString(6),
        Attempts = row.GetInt32(7),
        Created = row.GetInstant(8),
        Updated = row.GetInstant(9),
    };
}
