using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools.Slots;

/// <summary>
/// Which flow runs hold the concurrency slots. Runs of paused queues hold theirs, too. A pool counts pending and running
/// runs, a queue asked on its own those that are being cancelled as well.
/// </summary>
internal sealed class SlotStore(Db db)
{
    private static readonly SqlText Columns = new(SlotRow.Columns("r"));

    /// <summary>A page of a pool's queues by priority, each with its first <paramref name="runsPerQueue"/> runs; null without such a pool.</summary>
    public async Task<WorkPoolConcurrencyStatus?> OfPoolAsync(
        string pool, Paging page, int runsPerQueue, DateTimeOffset now, CancellationToken cancel)
    {
        Sql ofPage = $"work_queue q join work_pool p on p.id = q.work_pool_id where p.name = {pool} order by q.priority, q.id limit {page.Limit} offset {page.Offset}";
        var batch = new SqlBatch();
        var status = batch.One(
            $"""
            select p.concurrency_limit, (select count(*) from work_queue q where q.work_pool_id = p.id),
                (select count(*) from flow_run r join work_queue q on q.id = r.work_queue_id
                 where q.work_pool_id = p.id and r.state_type in ('PENDING', 'RUNNING'))
            from work_pool p where p.name = {pool}
            """,
            row => new WorkPoolConcurrencyStatus
            {
                ConcurrencyLimit = row.GetInt32OrNull(0), Count = row.GetInt32(1), ActiveSlots = row.GetInt32(2),
                Limit = page.Limit, Page = page.Page, Pages = page.Pages(row.GetInt32(1)),
            });
        var queues = batch.List(
            $"""
            select q.id, q.name, q.concurrency_limit,
                (select count(*) from flow_run r where r.work_queue_id = q.id and r.state_type in ('PENDING', 'RUNNING'))
            from {ofPage}
            """,
            static row => new WorkQueueConcurrencyStatusDetail
            {
                QueueId = row.GetGuid(0), QueueName = row.GetString(1), ConcurrencyLimit = row.GetInt32OrNull(2),
                ActiveSlots = row.GetInt32(3), FlowRunCount = row.GetInt32(3),
            });
        var runs = batch.List(
            $"""
            select r.work_queue_id, {Columns} from (
                select h.*, row_number() over (partition by h.work_queue_id order by h.id) as place from flow_run h
                where h.state_type in ('PENDING', 'RUNNING') and h.work_queue_id in (select q.id from {ofPage})
            ) r
            where r.place <= {runsPerQueue} order by r.id
            """,
            row => (Queue: row.GetGuid(0), Run: SlotRow.ReadAt(row, now, 1)));
        await db.ReadAsync(batch, cancel);

        if (status.Value is not { } answer) return null;
        var ofQueue = runs.Value.ToLookup(static run => run.Queue, static run => run.Run);
        foreach (var queue in queues.Value) queue.FlowRuns = [.. ofQueue[queue.QueueId]];
        answer.Queues = queues.Value;
        return answer;
    }

    /// <summary>A page of the runs that hold a queue's slots; null without such a queue.</summary>
    public async Task<WorkQueueConcurrencyStatus?> OfQueueAsync(Guid queue, Paging page, DateTimeOffset now, CancellationToken cancel)
    {
        // Runs of before there were pools know their queue by name only.
        Sql holders =
            $"""
            flow_run r where (r.work_queue_id = {queue}
                or (r.work_queue_id is null and r.work_queue_name = (select n.name from work_queue n where n.id = {queue})))
            and r.state_type in ('PENDING', 'RUNNING', 'CANCELLING')
            """;
        var batch = new SqlBatch();
        var status = batch.One(
            $"select q.concurrency_limit, (select count(*) from {holders}) from work_queue q where q.id = {queue}",
            row => new WorkQueueConcurrencyStatus
            {
                ConcurrencyLimit = row.GetInt32OrNull(0), ActiveSlots = row.GetInt32(1), Count = row.GetInt32(1),
                Limit = page.Limit, Page = page.Page, Pages = page.Pages(row.GetInt32(1)),
            });
        var runs = batch.List(
            $"select {Columns} from {holders} order by r.id limit {page.Limit} offset {page.Offset}", row => SlotRow.ReadAt(row, now));
        await db.ReadAsync(batch, cancel);
        if (status.Value is { } answer) answer.FlowRuns = runs.Value;
        return status.Value;
    }
}
