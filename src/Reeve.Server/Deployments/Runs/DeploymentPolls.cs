using Reeve.Contract.Deployments;
using Reeve.Data;
using Reeve.Server.Events;

namespace Reeve.Server.Deployments.Runs;

/// <summary>Notes that somebody asked for the work of deployments: they are ready.</summary>
internal sealed class DeploymentPolls(Db db, DeploymentStore store)
{
    private const int AtOnce = 1000;

    /// <summary>Marks deployments polled, those of some work queues among them, and tells of each that became ready.</summary>
    public async Task MarkReadyAsync(IReadOnlyCollection<Guid> deployments, IReadOnlyCollection<Guid> queues, DateTimeOffset now, CancellationToken cancel)
    {
        if (deployments.Count == 0 && queues.Count == 0) return;
        var unready = await store.RecordsAsync(
            $"(d.id = any({deployments}) or d.work_queue_id = any({queues})) and d.status = 'NOT_READY'", DeploymentSort.NameAsc, AtOnce, 0, cancel);
        var batch = new SqlBatch();
        // The rows are locked in one order by everybody who marks them, so that two polls cannot wait for each other.
        batch.List(
            $"select id from deployment where id = any({deployments}) or work_queue_id = any({queues}) order by id for update", static row => row.GetGuid(0));
        foreach (var deployment in unready)
        {
            Outbox.AddIf(
                batch, DeploymentEvents.Ready(deployment, now), $"exists (select 1 from deployment where id = {deployment.Id} and status = 'NOT_READY')");
        }
        // Not `updated`: nothing about the deployment itself has changed.
        batch.Execute($"update deployment set status = 'READY', last_polled = {now} where id = any({deployments}) or work_queue_id = any({queues})");
        await db.WriteAsync(batch, cancel);
    }
}
