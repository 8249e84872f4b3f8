using Reeve.Contract.FlowRuns;
using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.FlowRuns;
using Reeve.Server.WorkPools.Queues;

namespace Reeve.Server.WorkPools.Polling;

/// <summary>Finds the scheduled runs that a worker may take, see workers.md §4.</summary>
internal sealed class ScheduledRunStore(Db db)
{
    private static readonly SqlText Columns = new($"{ScheduledRunRow.Columns("r")}, q.work_pool_id, q.id");

    /// <summary>What a worker of a pool asks for, in one round trip.</summary>
    /// <exception cref="Http.ApiException">404: no such pool, or no such queue in it.</exception>
    public async Task<WorkPoll> PollPoolAsync(
        string pool, WorkPoolScheduledFlowRunsRequest asked, int limit, DateTimeOffset now, CancellationToken cancel)
    {
        Sql named = asked.WorkQueueNames.Count > 0 ? (Sql)$"p.name = {pool} and q.name = any({asked.WorkQueueNames})" : (Sql)$"p.name = {pool}";
        Sql due = $"r.state_type = 'SCHEDULED'";
        if (asked.ScheduledAfter is { } after) due.Add($" and r.next_scheduled_start_time >= {after}");
        if (asked.ScheduledBefore is { } before) due.Add($" and r.next_scheduled_start_time <= {before}");

        var batch = new SqlBatch();
        var known = batch.One($"select p.id from work_pool p where p.name = {pool}", static row => (Guid?)row.GetGuid(0));
        var queues = batch.List(
            $"select {WorkQueueStore.PoolColumns} from {WorkQueueStore.From} where {named} order by q.priority, q.id", WorkQueueStore.Read);
        var runs = batch.List(
            db.IsSqlite ? Ranked(pool, named, due, limit) : Lateral(pool, named, due, limit), row => ScheduledRunRow.ReadForWorker(row, now));
        var deployments = PollRecorder.Stale(batch, $"select q.id from {WorkQueueStore.From} where {named}", now);
        await db.ReadAsync(batch, cancel);

        if (known.Value is null) throw WorkPoolStore.Missing(pool);
        foreach (var name in asked.WorkQueueNames)
        {
            if (!queues.Value.Exists(queue => queue.Name == name)) throw WorkQueueStore.Missing(pool, name);
        }
        return new WorkPoll(runs.Value, queues.Value, deployments.Value);
    }

    /// <summary>
    /// What an agent may take from one queue: runs that name it, or, where the queue has a filter, runs that fit it.
    /// </summary>
    public async Task<(List<FlowRunResponse> Runs, List<PolledDeployment> Deployments)> OfQueueAsync(
        WorkQueueRecord queue, DateTimeOffset? before, int limit, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var deployments = PollRecorder.Stale(batch, $"{queue.Id}", now);
        DbResult<List<FlowRunResponse>>? runs = null;
        if (!queue.Wire.IsPaused)
        {
            Sql its = queue.Wire.Filter is { } filter ? FilterQueue.Runs(filter, "r", db.Dialect) : (Sql)$"r.work_queue_name = {queue.Name}";
            Sql due = before is { } instant ? (Sql)$"r.next_scheduled_start_time <= {instant}" : (Sql)$"true";
            limit = Math.Min(limit, await FreeAsync(queue, its, cancel));
            runs = batch.List(
                $"""
                select {FlowRunRow.ResponseColumns} from {FlowRunRow.Tables}
                where {its} and r.state_type = 'SCHEDULED' and {due} order by r.next_scheduled_start_time, r.id limit {limit}
                """,
                row => FlowRunRow.ReadResponse(row, now));
        }
        await db.ReadAsync(batch, cancel);
        return (runs?.Value ?? [], deployments.Value);
    }

    /// <summary>How many more runs the queue's own limit lets begin.</summary>
    private async Task<int> FreeAsync(WorkQueueRecord queue, Sql its, CancellationToken cancel)
    {
        if (queue.Wire.ConcurrencyLimit is not { } slots) return int.MaxValue;
        Sql cancelling = queue.Wire.Filter is null ? (Sql)$" or r.state_type = 'CANCELLING'" : (Sql)$"";
        var taken = await db.OneAsync(
            $"select count(*) from flow_run r where {its} and (r.state_type in ('PENDING', 'RUNNING'){cancelling})", static row => row.GetInt32(0), cancel);
        return Math.Max(0, slots - taken);
    }

    /// <summary>Each queue's runs are taken from an index, no more than it has slots for.</summary>
    private static Sql Lateral(string pool, Sql queues, Sql due, int limit) =>
        $"""
        select {Columns}
        from work_queue q join work_pool p on p.id = q.work_pool_id
        cross join lateral (
            select r.* from flow_run r
            where r.work_queue_id = q.id and {due} and coalesce(r.empirical_policy ->> 'retry_type', '') <> 'in_process'
            order by r.next_scheduled_start_time, r.id
            limit least({limit}::bigint, case when q.concurrency_limit is not null then greatest(0, q.concurrency_limit - (
                select count(*) from flow_run b where b.work_queue_id = q.id and b.state_type in ('PENDING', 'RUNNING'))) end)
        ) r
        where {queues} and not p.is_paused and not q.is_paused
        order by q.priority, r.next_scheduled_start_time, r.id
        limit least({limit}::bigint, {PoolSlots("greatest", pool)})
        """;

    /// <summary>
    /// The same where there are no lateral joins: the runs of a queue are numbered. The plus signs keep SQLite from the index on queues,
    /// which holds all that a queue ever ran; of those that wait or run there are few.
    /// </summary>
    private static Sql Ranked(string pool, Sql queues, Sql due, int limit) =>
        $"""
        with free as (
            select q.id, q.priority, q.work_pool_id, case when q.concurrency_limit is null then {limit} else max(0, q.concurrency_limit - (
                select count(*) from flow_run b where +b.work_queue_id = q.id and b.state_type in ('PENDING', 'RUNNING'))) end as slots
            from work_queue q join work_pool p on p.id = q.work_pool_id
            where {queues} and not p.is_paused and not q.is_paused
        ), due as (
            select r.id, q.slots, row_number() over (partition by q.id order by r.next_scheduled_start_time, r.id) as place
            from free q join flow_run r on +r.work_queue_id = q.id
            where {due} and coalesce(json_extract(r.empirical_policy, '$.retry_type'), '') <> 'in_process'
        )
        select {Columns}
        from due d join flow_run r on r.id = d.id join free q on q.id = r.work_queue_id
        where d.place <= d.slots
        order by q.priority, r.next_scheduled_start_time, r.id
        limit min({limit}, coalesce({PoolSlots("max", pool)}, {limit}))
        """;

    private static Sql PoolSlots(string larger, string pool) =>
        $"""
        (select {new SqlText(larger)}(0, o.concurrency_limit - (
            select count(*) from flow_run b join work_queue w on w.id = b.work_queue_id
            where w.work_pool_id = o.id and b.state_type in ('PENDING', 'RUNNING')))
         from work_pool o where o.name = {pool} and o.concurrency_limit is not null)
        """;
}
