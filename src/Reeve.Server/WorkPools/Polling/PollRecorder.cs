using Reeve.Contract.Deployments;
using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Deployments;
using Reeve.Server.Events;
using Reeve.Server.WorkPools.Queues;

namespace Reeve.Server.WorkPools.Polling;

/// <summary>
/// Notes that queues, and the deployments in them, are looked after. A poll that changes nothing but the time is written
/// at most every few seconds a queue and every half minute a deployment, well within the minute after which either
/// counts as abandoned.
/// </summary>
internal sealed class PollRecorder(Db db, DeploymentStore deployments)
{
    private static readonly TimeSpan QueueInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DeploymentInterval = TimeSpan.FromSeconds(30);

    /// <summary>So many deployments are noted at once; the next poll takes those left over.</summary>
    private const int DeploymentsAtOnce = 200;

    /// <summary>Reads the deployments in some queues of which a poll has something to note.</summary>
    public static DbResult<List<PolledDeployment>> Stale(SqlBatch batch, Sql queues, DateTimeOffset now) => batch.List(
        $"""
        select d.id, d.status from deployment d
        where d.work_queue_id in ({queues}) and (d.status = 'NOT_READY' or d.last_polled is null or d.last_polled <= {now - DeploymentInterval})
        order by d.id limit {DeploymentsAtOnce}
        """,
        static row => new PolledDeployment(row.GetGuid(0), row.GetString(1) == "READY"));

    public async Task RecordAsync(
        IReadOnlyCollection<WorkQueueRecord> polled, IReadOnlyCollection<PolledDeployment> stale, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var due = polled.Where(queue => queue.Wire.Status != WorkQueueStatus.NotReady && IsDue(queue, now)).Select(static queue => queue.Id).ToArray();
        var waking = polled.Where(static queue => queue.Wire.Status == WorkQueueStatus.NotReady).ToArray();
        Lock(batch, new SqlText("work_queue"), [.. due, .. waking.Select(static queue => queue.Id)]);
        if (due.Length > 0) batch.Execute($"update work_queue set last_polled = {now} where id = any({due})");
        foreach (var queue in waking) Wake(batch, queue, now);
        Lock(batch, new SqlText("deployment"), [.. stale.Select(static deployment => deployment.Id)]);
        await NoteAsync(batch, stale, now, cancel);
        if (!batch.IsEmpty) await db.WriteAsync(batch, cancel);
    }

    /// <summary>Notes that deployments are looked after; those that were not become ready, which is told.</summary>
    private async Task NoteAsync(SqlBatch batch, IReadOnlyCollection<PolledDeployment> stale, DateTimeOffset now, CancellationToken cancel)
    {
        var ready = stale.Where(static deployment => deployment.WasReady).Select(static deployment => deployment.Id).ToArray();
        // One that the foreman has given up meanwhile is left to the next poll, which tells that it is ready again.
        if (ready.Length > 0) batch.Execute($"update deployment set last_polled = {now} where id = any({ready}) and status = 'READY'");
        var waking = stale.Where(static deployment => !deployment.WasReady).Select(static deployment => deployment.Id).ToArray();
        if (waking.Length == 0) return;

        // Of several polls at once, only the one whose time is stored has made the change and tells of it.
        batch.Execute($"update deployment set status = 'READY', last_polled = {now} where id = any({waking}) and status = 'NOT_READY'");
        foreach (var deployment in await deployments.RecordsAsync($"d.id = any({waking})", DeploymentSort.NameAsc, waking.Length, 0, cancel))
        {
            Outbox.AddIf(
                batch, DeploymentEvents.Ready(deployment, now),
                $"exists (select 1 from deployment where id = {deployment.Id} and status = 'READY' and last_polled = {now})");
        }
    }

    // Everybody who marks several rows locks them in one order, so that two polls cannot wait for each other.
    private static void Lock(SqlBatch batch, SqlText table, Guid[] ids)
    {
        if (ids.Length > 1) batch.List($"select id from {table} where id = any({ids}) order by id for update", static row => row.GetGuid(0));
    }

    private static void Wake(SqlBatch batch, WorkQueueRecord queue, DateTimeOffset now)
    {
        batch.Execute($"update work_queue set last_polled = {now}, status = 'READY' where id = {queue.Id} and status = 'NOT_READY'");
        Outbox.AddIf(
            batch, WorkQueueEvents.Status(queue, WorkQueueStatus.Ready, now),
            $"exists (select 1 from work_queue where id = {queue.Id} and status = 'READY' and last_polled = {now})");
    }

    private static bool IsDue(WorkQueueRecord queue, DateTimeOffset now) =>
        queue.Wire.LastPolled is not { } last || now - last >= QueueInterval || last > now;
}
