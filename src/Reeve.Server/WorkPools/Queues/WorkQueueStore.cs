using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools.Queues;

/// <summary>SQL on <c>work_queue</c>: reading, changing and deleting queues. New ones are <see cref="WorkQueueCreation"/>'s.</summary>
internal sealed class WorkQueueStore(Db db)
{
    /// <summary>The columns that <see cref="Read"/> reads, with slots counted as pools count them.</summary>
    public static readonly SqlText PoolColumns = Columns("'PENDING', 'RUNNING'");

    /// <summary>The columns that <see cref="Read"/> reads, with slots counted as the queue API counts them.</summary>
    public static readonly SqlText QueueColumns = Columns("'PENDING', 'RUNNING', 'CANCELLING'");

    public static readonly SqlText From = new("work_queue q join work_pool p on p.id = q.work_pool_id");

    /// <exception cref="ApiException">404, also when the pool is missing.</exception>
    public async Task<WorkQueueRecord> ReadAsync(string pool, string name, CancellationToken cancel) =>
        await FindAsync(pool, name, cancel) ?? throw Missing(pool, name);

    public Task<WorkQueueRecord?> FindAsync(string pool, string name, CancellationToken cancel) =>
        db.OneAsync($"select {PoolColumns} from {From} where p.name = {pool} and q.name = {name}", Read, cancel);

    public Task<WorkQueueRecord?> FindAsync(Guid id, CancellationToken cancel) =>
        WithFilterSlotsAsync(db.OneAsync($"select {QueueColumns} from {From} where q.id = {id}", Read, cancel), cancel);

    /// <summary>A queue by its name alone: the default agent pool's, or anybody's while there is no such pool.</summary>
    public Task<WorkQueueRecord?> FindByNameAsync(string name, CancellationToken cancel) => WithFilterSlotsAsync(
        db.OneAsync(
            $"""
            select {QueueColumns} from {From}
            where q.name = {name} and (p.name = {WorkPoolStore.DefaultAgentPool}
                or not exists (select 1 from work_pool where name = {WorkPoolStore.DefaultAgentPool}))
            order by q.created limit 1
            """,
            Read, cancel), cancel);

    /// <summary>The queues of a pool by priority.</summary>
    public async Task<List<WorkQueueResponse>> ListOfPoolAsync(Guid pool, WorkQueueFilter? filter, int limit, int offset, CancellationToken cancel)
    {
        var queues = await db.ListAsync(
            $"""
            select {PoolColumns} from {From} where q.work_pool_id = {pool} and {WorkQueuePredicate.Where(filter, "q").ToSql()}
            order by q.priority, q.id limit {limit} offset {offset}
            """,
            Read, cancel);
        return queues.ConvertAll(static queue => queue.Wire);
    }

    /// <summary>Queues of all pools by name.</summary>
    public async Task<List<WorkQueueResponse>> ListAsync(WorkQueueFilter? filter, int limit, int offset, CancellationToken cancel)
    {
        var queues = await db.ListAsync(
            $"""
            select {QueueColumns} from {From} where {WorkQueuePredicate.Where(filter, "q").ToSql()}
            order by q.name, q.id limit {limit} offset {offset}
            """,
            Read, cancel);
        foreach (var queue in queues) await CountFilterSlotsAsync(queue, cancel);
        return queues.ConvertAll(static queue => queue.Wire);
    }

    /// <summary>Changes what was sent of a queue, and tells of it.</summary>
    /// <param name="find">Reads the queue, or throws; asked again when somebody changed it meanwhile, or it is gone.</param>
    /// <param name="update">What was sent.</param>
    /// <param name="shift">Whether the queues that hold its new priority make way.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task UpdateAsync(Func<Task<WorkQueueRecord>> find, WorkQueueUpdate update, bool shift, DateTimeOffset now, CancellationToken cancel) =>
        Db.DecideAsync(async () => await UpdateAsync(await find(), update, shift, now, cancel));

    private async Task UpdateAsync(WorkQueueRecord queue, WorkQueueUpdate update, bool shift, DateTimeOffset now, CancellationToken cancel)
    {
        var wire = queue.Wire;
        var changes = new List<FieldChange>();
        Sql set = $"updated = {now}";
        if (update.Name is { HasValue: true, Value: { } name })
        {
            FieldChange.Note(changes, "name", wire.Name, name);
            set.Add($", name = {wire.Name = name}");
        }
        if (update.Description.HasValue)
        {
            var description = update.Description.Value ?? "";
            FieldChange.Note(changes, "description", wire.Description, description);
            set.Add($", description = {wire.Description = description}");
        }
        if (update.ConcurrencyLimit.HasValue)
        {
            FieldChange.Note(changes, "concurrency_limit", wire.ConcurrencyLimit, update.ConcurrencyLimit.Value);
            set.Add($", concurrency_limit = {wire.ConcurrencyLimit = update.ConcurrencyLimit.Value}");
        }
        int? priority = update.Priority is { HasValue: true, Value: { } asked } ? asked : null;
        if (priority is { } rank)
        {
            FieldChange.Note(changes, "priority", wire.Priority, rank);
            set.Add($", priority = {wire.Priority = rank}");
        }
        if (update.LastPolled.HasValue) set.Add($", last_polled = {wire.LastPolled = update.LastPolled.Value}");
        if (update.Filter.HasValue) set.Add($", filter = {WorkQueueCreation.Filter(update.Filter.Value)}");
        var before = wire.Status ?? WorkQueueStatus.NotReady;
        var status = NewStatus(queue, update, now);
        if (update.IsPaused.HasValue) set.Add($", is_paused = {update.IsPaused.Value}");
        if (status is { } next) set.Add($", status = {next.Stored():work_queue_status}");

        var batch = new SqlBatch();
        List<(Guid Id, int Priority)> moved = [];
        if (shift && priority is { } taken)
        {
            var pool = wire.WorkPoolId!.Value;
            var ranks = await RanksAsync(pool, cancel);
            RequireRanks(batch, pool, ranks);
            moved = QueuePriorities.Shift(ranks, queue.Id, taken);
        }
        batch.Require(
            $"exists (select 1 from (select q.id from work_queue q where q.id = {queue.Id} and q.status = {before.Stored():work_queue_status} for update) held)");
        batch.Execute($"update work_queue set {set} where id = {queue.Id}");
        Move(batch, moved, now);
        if (changes.Count > 0) Outbox.Add(batch, WorkQueueEvents.Updated(queue, changes, now));
        if (status is { } reached) Outbox.Add(batch, WorkQueueEvents.Status(queue, reached, now));
        await db.WriteAsync(batch, cancel);
    }

    /// <summary>Deletes a queue; false when somebody else just did.</summary>
    /// <exception cref="ApiException">409: it is its pool's default queue.</exception>
    public async Task<bool> DeleteAsync(WorkQueueRecord queue, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.One($"select q.id from work_queue q where q.id = {queue.Id} for update", static row => row.GetGuid(0));
        Outbox.AddIf(batch, WorkQueueEvents.Deleted(queue, now), $"exists (select 1 from work_queue where id = {queue.Id})");
        var deleted = batch.Execute($"delete from work_queue where id = {queue.Id}");
        try
        {
            await db.WriteAsync(batch, cancel);
        }
        catch (DatabaseException error) when (error.Kind is DatabaseErrorKind.ForeignKeyViolation or DatabaseErrorKind.ConstraintViolation)
        {
            throw ApiException.Detail(409, $"Work queue '{queue.Name}' is the default queue of its work pool and cannot be deleted. Delete the pool, or pause the queue.");
        }
        return deleted.Value == 1;
    }

    /// <summary>Runs of the queue named <c>Late</c>, and the queue; null when there is no such queue.</summary>
    public Task<(DateTimeOffset? LastPolled, int Late)?> HealthAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync<(DateTimeOffset?, int)?>(
            $"""
            select q.last_polled, (select count(*) from flow_run r where r.work_queue_id = q.id and r.state_name = 'Late')
            from work_queue q where q.id = {id}
            """,
            static row => (row.GetInstantOrNull(0), row.GetInt32(1)), cancel);

    public static void Insert(SqlBatch batch, WorkQueueResponse queue, DateTimeOffset now) => batch.Execute(
        $"""
        insert into work_queue (id, created, updated, name, description, is_paused, concurrency_limit, priority, filter, work_pool_id, status)
        values ({queue.Id}, {now}, {now}, {queue.Name}, {queue.Description ?? ""}, {queue.IsPaused}, {queue.ConcurrencyLimit},
            {queue.Priority}, {WorkQueueCreation.Filter(queue.Filter)}, {queue.WorkPoolId}, 'NOT_READY')
        """);

    public static WorkQueueRecord Read(DbRow row)
    {
        var queue = WorkQueueRow.Read(row);
        queue.WorkPoolName = row.GetString(WorkQueueRow.Count);
        queue.ActiveSlots = row.GetInt32OrNull(WorkQueueRow.Count + 2);
        return new WorkQueueRecord(queue, row.GetString(WorkQueueRow.Count + 1));
    }

    public static ApiException Missing(string pool, string name) => ApiException.Detail(404, $"Work pool queue '{pool}/{name}' not found.");

    /// <summary>The ranks of a pool's queues, to decide on.</summary>
    public Task<List<(Guid Id, int Priority)>> RanksAsync(Guid pool, CancellationToken cancel) => db.ListAsync(
        $"select q.id, q.priority from work_queue q where q.work_pool_id = {pool}", static row => (row.GetGuid(0), row.GetInt32(1)), cancel);

    /// <summary>Has the batch written only while the ranks are those that were read. On PostgreSQL whoever changes ranks of the same pool waits.</summary>
    public static void RequireRanks(SqlBatch batch, Guid pool, IEnumerable<(Guid Id, int Priority)> ranks)
    {
        var read = string.Join(',', ranks.Select(static rank => $"{rank.Id}:{rank.Priority}").Order(StringComparer.Ordinal));
        batch.One($"select p.id from work_pool p where p.id = {pool} for update", static row => row.GetGuid(0));
        batch.Require(
            $"""
            coalesce((select string_agg(q.id::text || ':' || q.priority, ',' order by q.id) from work_queue q where q.work_pool_id = {pool}), '') = {read:text}
            """);
    }

    public static void Move(SqlBatch batch, IEnumerable<(Guid Id, int Priority)> moved, DateTimeOffset now)
    {
        foreach (var (id, priority) in moved) batch.Execute($"update work_queue set priority = {priority}, updated = {now} where id = {id}");
    }

    private static WorkQueueStatus? NewStatus(WorkQueueRecord queue, WorkQueueUpdate update, DateTimeOffset now)
    {
        if (!update.IsPaused.HasValue) return null;
        var paused = queue.Wire.Status == WorkQueueStatus.Paused;
        if (update.IsPaused.Value) return paused ? null : WorkQueueStatus.Paused;
        if (!paused) return null;
        return queue.WasPolledRecently(now) ? WorkQueueStatus.Ready : WorkQueueStatus.NotReady;
    }

    private async Task<WorkQueueRecord?> WithFilterSlotsAsync(Task<WorkQueueRecord?> find, CancellationToken cancel)
    {
        var queue = await find;
        if (queue is not null) await CountFilterSlotsAsync(queue, cancel);
        return queue;
    }

    private async Task CountFilterSlotsAsync(WorkQueueRecord queue, CancellationToken cancel)
    {
        if (queue.Wire is not { Filter: { } filter, ConcurrencyLimit: not null }) return;
        queue.Wire.ActiveSlots = await db.OneAsync(
            $"""
            select count(*) from flow_run r
            where {FilterQueue.Runs(filter, "r", db.Dialect)} and r.state_type in ('PENDING', 'RUNNING')
            """,
            static row => row.GetInt32(0), cancel);
    }

    private static SqlText Columns(string occupying) => new(
        $"""
        {WorkQueueRow.Columns("q")}, p.name, p.type,
        case when q.concurrency_limit is not null then (
            select count(*) from flow_run r where r.work_queue_id = q.id and r.state_type in ({occupying})) end
        """);
}
