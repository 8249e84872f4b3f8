using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;
using Reeve.Server.WorkPools.Queues;

namespace Reeve.Server.WorkPools;

/// <summary>All SQL on <c>work_pool</c>.</summary>
internal sealed class WorkPoolStore(Db db)
{
    /// <summary>The pool of queues that were made without one.</summary>
    public const string DefaultAgentPool = "default-agent-pool";

    /// <summary>The queue that a new pool has.</summary>
    public const string DefaultQueue = "default";

    private static readonly SqlText Columns = new(
        $"""
        {WorkPoolRow.Columns("p")}, p.last_transitioned_status_at, p.last_status_event_id,
        exists (select 1 from worker w where w.work_pool_id = p.id and w.status = 'ONLINE'),
        case when p.concurrency_limit is not null then (
            select count(*) from flow_run r join work_queue q on q.id = r.work_queue_id
            where q.work_pool_id = p.id and r.state_type in ('PENDING', 'RUNNING')) end
        """);

    /// <exception cref="ApiException">404.</exception>
    public async Task<WorkPoolRecord> ReadAsync(string name, CancellationToken cancel) =>
        await FindAsync(name, cancel) ?? throw Missing(name);

    public Task<WorkPoolRecord?> FindAsync(string name, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from work_pool p where p.name = {name}", Read, cancel);

    public Task<WorkPoolRecord?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from work_pool p where p.id = {id}", Read, cancel);

    /// <summary>The pools <c>p</c> that fit.</summary>
    public Task<List<WorkPoolRecord>> RecordsAsync(Sql where, CancellationToken cancel) =>
        db.ListAsync($"select {Columns} from work_pool p where {where}", Read, cancel);

    /// <summary>Reads one pool as part of a batch.</summary>
    public static DbResult<WorkPoolRecord?> Find(SqlBatch batch, string name) =>
        batch.One($"select {Columns} from work_pool p where p.name = {name}", Read);

    public async Task<List<WorkPoolResponse>> ListAsync(WorkPoolFilter? filter, int limit, int offset, CancellationToken cancel)
    {
        var pools = await db.ListAsync(
            $"select {Columns} from work_pool p where {WorkPoolPredicate.Where(filter, "p").ToSql()} order by p.name limit {limit} offset {offset}",
            Read, cancel);
        return pools.ConvertAll(static pool => pool.Wire);
    }

    public Task<int> CountAsync(WorkPoolFilter? filter, CancellationToken cancel) =>
        db.OneAsync($"select count(*) from work_pool p where {WorkPoolPredicate.Where(filter, "p").ToSql()}", static row => row.GetInt32(0), cancel);

    /// <exception cref="ApiException">409: the name is taken.</exception>
    public async Task<WorkPoolResponse> CreateAsync(WorkPoolCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var pool = Create(batch, create, now);
        try
        {
            await db.WriteAsync(batch, cancel);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation)
        {
            throw ApiException.Detail(409, "A work pool with this name already exists.");
        }
        return pool;
    }

    /// <summary>Adds the statements that make a pool and its default queue, and tell of them.</summary>
    public static WorkPoolResponse Create(SqlBatch batch, WorkPoolCreate create, DateTimeOffset now)
    {
        var status = create.IsPaused && create.Type != WorkPoolRecord.AgentType ? WorkPoolStatus.Paused : WorkPoolStatus.NotReady;
        var queue = new WorkQueueResponse
        {
            Id = Guid.NewGuid(), Created = now, Updated = now, Name = DefaultQueue, Description = "The work pool's default queue.",
            Priority = 1, Status = WorkQueueStatus.NotReady,
        };
        var pool = new WorkPoolResponse
        {
            Id = Guid.NewGuid(), Created = now, Updated = now, Name = create.Name, Description = create.Description, Type = create.Type,
            BaseJobTemplate = create.BaseJobTemplate.OrEmptyObject(), IsPaused = create.IsPaused, ConcurrencyLimit = create.ConcurrencyLimit,
            Status = create.Type == WorkPoolRecord.AgentType ? null : status, DefaultQueueId = queue.Id,
            StorageConfiguration = create.StorageConfiguration, ActiveSlots = create.ConcurrencyLimit is null ? null : 0,
        };
        queue.WorkPoolId = pool.Id;
        queue.WorkPoolName = pool.Name;
        batch.Execute(
            $"""
            insert into work_pool (id, created, updated, name, description, type, base_job_template, is_paused, concurrency_limit, status, storage_configuration)
            values ({pool.Id}, {now}, {now}, {pool.Name}, {pool.Description}, {pool.Type}, {pool.BaseJobTemplate}, {pool.IsPaused},
                {pool.ConcurrencyLimit}, {status.Stored():work_pool_status}, {JsonText.Of(pool.StorageConfiguration)})
            """);
        WorkQueueStore.Insert(batch, queue, now);
        batch.Execute($"update work_pool set default_queue_id = {queue.Id} where id = {pool.Id}");
        Outbox.Add(batch, WorkQueueEvents.Created(new WorkQueueRecord(queue, pool.Type), now));
        Outbox.Add(batch, WorkPoolEvents.Created(pool, now));
        if (pool.Status is { } told) Outbox.Add(batch, WorkPoolEvents.Status(Guid.CreateVersion7(now), pool, told, null, now));
        return pool;
    }

    /// <summary>Changes what was sent of a pool, and tells of it.</summary>
    /// <param name="find">Reads the pool, or throws; asked again when its status has changed meanwhile, or it is gone.</param>
    /// <param name="update">What was sent.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task UpdateAsync(Func<Task<WorkPoolRecord>> find, WorkPoolUpdate update, DateTimeOffset now, CancellationToken cancel) =>
        Db.DecideAsync(async () => await UpdateAsync(await find(), update, now, cancel));

    private async Task UpdateAsync(WorkPoolRecord record, WorkPoolUpdate update, DateTimeOffset now, CancellationToken cancel)
    {
        var pool = record.Wire;
        var changes = new List<FieldChange>();
        Sql set = $"updated = {now}";
        if (update.Description.HasValue)
        {
            FieldChange.Note(changes, "description", pool.Description, update.Description.Value);
            pool.Description = update.Description.Value;
            set.Add($", description = {pool.Description}");
        }
        if (update.BaseJobTemplate.HasValue)
        {
            FieldChange.Note(changes, "base_job_template", pool.BaseJobTemplate, update.BaseJobTemplate.Value);
            pool.BaseJobTemplate = update.BaseJobTemplate.Value;
            set.Add($", base_job_template = {pool.BaseJobTemplate}");
        }
        if (update.ConcurrencyLimit.HasValue)
        {
            FieldChange.Note(changes, "concurrency_limit", pool.ConcurrencyLimit, update.ConcurrencyLimit.Value);
            pool.ConcurrencyLimit = update.ConcurrencyLimit.Value;
            set.Add($", concurrency_limit = {pool.ConcurrencyLimit}");
        }
        if (update.StorageConfiguration.HasValue)
        {
            var storage = update.StorageConfiguration.Value ?? new WorkPoolStorageConfiguration();
            FieldChange.Note(changes, "storage_configuration", pool.StorageConfiguration, storage);
            pool.StorageConfiguration = storage;
            set.Add($", storage_configuration = {JsonText.Of(storage)}");
        }
        var batch = new SqlBatch();
        WorkPoolStatus? status = null;
        if (update.IsPaused is { HasValue: true, Value: { } paused })
        {
            set.Add($", is_paused = {paused}");
            if (record.HasStatus) status = paused ? WorkPoolStatus.Paused : record.HasOnlineWorker ? WorkPoolStatus.Ready : WorkPoolStatus.NotReady;
        }
        var told = Guid.CreateVersion7(now);
        if (status is { } next) set.Add($", status = {next.Stored():work_pool_status}, last_status_event_id = {told}, last_transitioned_status_at = {now}");
        // Whoever changes the status, a worker that comes or one that goes, leaves another event behind.
        batch.Require(
            $"""
            exists (select 1 from (
                select p.id from work_pool p where p.id = {record.Id} and p.last_status_event_id is not distinct from {record.LastStatusEvent} for update) held)
            """);
        batch.Execute($"update work_pool set {set} where id = {record.Id}");
        if (changes.Count > 0) Outbox.Add(batch, WorkPoolEvents.Updated(pool, changes, now));
        if (status is { } reached) Outbox.Add(batch, WorkPoolEvents.Status(told, pool, reached, record.Precedes(now), now));
        batch.Signal(DbTopics.WorkPools);
        await db.WriteAsync(batch, cancel);
    }

    /// <summary>
    /// A worker came to a pool that was waiting for one. Nothing happens when the pool's status has moved on since it was
    /// read, so of several workers that come at once one tells.
    /// </summary>
    public async Task BecomeReadyAsync(WorkPoolRecord record, DateTimeOffset now, CancellationToken cancel)
    {
        var told = Guid.CreateVersion7(now);
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            update work_pool set status = 'READY', last_status_event_id = {told}, last_transitioned_status_at = {now}, updated = {now}
            where id = {record.Id} and status = 'NOT_READY'
            """);
        Outbox.AddIf(
            batch, WorkPoolEvents.Status(told, record.Wire, WorkPoolStatus.Ready, record.Precedes(now), now),
            $"exists (select 1 from work_pool where id = {record.Id} and last_status_event_id = {told})");
        await db.WriteAsync(batch, cancel);
    }

    /// <summary>Deletes a pool with its queues and workers; false when somebody else just did.</summary>
    public async Task<bool> DeleteAsync(WorkPoolRecord record, DateTimeOffset now, CancellationToken cancel)
    {
        var queues = await db.ListAsync(
            $"select {WorkQueueStore.PoolColumns} from {WorkQueueStore.From} where q.work_pool_id = {record.Id} order by q.priority, q.id",
            WorkQueueStore.Read, cancel);
        var batch = new SqlBatch();
        batch.One($"select p.id from work_pool p where p.id = {record.Id} for update", static row => row.GetGuid(0));
        Sql exists = $"exists (select 1 from work_pool where id = {record.Id})";
        foreach (var queue in queues) Outbox.AddIf(batch, WorkQueueEvents.Deleted(queue, now), exists);
        Outbox.AddIf(batch, WorkPoolEvents.Deleted(record.Wire, now), exists);
        var deleted = batch.Execute($"delete from work_pool where id = {record.Id}");
        batch.Signal(DbTopics.WorkPools);
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    public static ApiException Missing(string name) => ApiException.Detail(404, $"Work pool \"{name}\" not found.");

    private static WorkPoolRecord Read(DbRow row)
    {
        var pool = WorkPoolRow.Read(row);
        if (pool.Type == WorkPoolRecord.AgentType) pool.Status = null;
        pool.ActiveSlots = row.GetInt32OrNull(WorkPoolRow.Count + 3);
        return new WorkPoolRecord(pool)
        {
            LastTransition = row.GetInstantOrNull(WorkPoolRow.Count),
            LastStatusEvent = row.GetGuidOrNull(WorkPoolRow.Count + 1),
            HasOnlineWorker = row.GetBoolean(WorkPoolRow.Count + 2),
        };
    }
}
