using Reeve.Contract.WorkPools;
using Reeve.Data;

namespace Reeve.Server.WorkPools.Workers;

/// <summary>All SQL on <c>worker</c>.</summary>
internal sealed class WorkerStore(Db db, WorkPoolStore pools)
{
    private static readonly SqlText Columns = new(WorkerRow.Columns("w"));

    /// <summary>
    /// A worker of the pool is alive. One round trip; a second one follows only when its pool was waiting for a worker.
    /// </summary>
    /// <returns>The pool, or null when there is none of that name.</returns>
    public async Task<WorkPoolRecord?> HeartbeatAsync(string pool, string worker, int? interval, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            insert into worker (id, created, updated, name, work_pool_id, last_heartbeat_time, heartbeat_interval_seconds, status)
            select {Guid.NewGuid():uuid}, {now:timestamptz}, {now:timestamptz}, {worker:text}, p.id, {now:timestamptz}, {interval:int}, 'ONLINE'::worker_status
            from work_pool p where p.name = {pool}
            on conflict (work_pool_id, name) do update set last_heartbeat_time = excluded.last_heartbeat_time, status = excluded.status,
                heartbeat_interval_seconds = coalesce(excluded.heartbeat_interval_seconds, worker.heartbeat_interval_seconds)
            """);
        var found = WorkPoolStore.Find(batch, pool);
        try
        {
            await db.WriteAsync(batch, cancel);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ForeignKeyViolation)
        {
            // The pool was deleted at this very moment.
            return null;
        }
        if (found.Value is { Wire.Status: WorkPoolStatus.NotReady } waiting) await pools.BecomeReadyAsync(waiting, now, cancel);
        return found.Value;
    }

    /// <summary>The workers of a pool, newest heartbeat first.</summary>
    public Task<List<WorkerResponse>> ListAsync(Guid pool, WorkerFilter? filter, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from worker w where w.work_pool_id = {pool} and {WorkerPredicate.Where(filter, "w").ToSql()}
            order by w.last_heartbeat_time desc, w.id limit {limit} offset {offset}
            """,
            static row => WorkerRow.Read(row), cancel);

    public async Task<bool> DeleteAsync(Guid pool, string name, CancellationToken cancel) =>
        await db.ExecuteAsync($"delete from worker where work_pool_id = {pool} and name = {name}", cancel) == 1;
}
