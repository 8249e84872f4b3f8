using Reeve.Contract.Deployments;
using Reeve.Data;
using Reeve.Server.Events;

namespace Reeve.Server.Deployments.Runs;

/// <summary>Notes that somebody asked for the work of deployments: they are ready.</summary>
internal sealed class DeploymentPolls(Db db, DeploymentStore store)
{
    private const int AtOnce = 1000;

    /// <summary>Marks deployments polled, and tells of each that became ready.</summary>
    public async Task MarkReadyAsync(IReadOnlyCollection<Guid> deployments, DateTimeOffset now, CancellationToken cancel)
    {
        if (deployments.Count == 0) return;
        for (var more = true; more;)
        {
            var unready = await store.RecordsAsync($"d.id = any({deployments}) and d.status = 'NOT_READY'", DeploymentSort.NameAsc, AtOnce, 0, cancel);
            // Those left over are for the next round: none becomes ready without being told of.
            more = unready.Count == AtOnce;
            var marked = more ? unready.ConvertAll(static deployment => deployment.Id) : deployments;
            var batch = new SqlBatch();
            // The rows are locked in one order by everybody who marks them, so that two polls cannot wait for each other.
            batch.List($"select id from deployment where id = any({marked}) order by id for update", static row => row.GetGuid(0));
            foreach (var deployment in unready)
            {
                Outbox.AddIf(
                    batch, DeploymentEvents.Ready(deployment, now), $"exists (select 1 from deployment where id = {deployment.Id} and status = 'NOT_READY')");
            }
            // Not `updated`: nothing about the deployment itself has changed.
            batch.Execute($"update deployment set status = 'READY', last_polled = {now} where id = any({marked})");
            await db.WriteAsync(batch, cancel);
        }
    }
}
