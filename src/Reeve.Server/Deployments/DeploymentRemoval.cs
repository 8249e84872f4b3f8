using Reeve.Contract.Deployments;
using Reeve.Data;
using Reeve.Server.Events;

namespace Reeve.Server.Deployments;

/// <summary>Deleting, pausing and resuming deployments.</summary>
internal sealed class DeploymentRemoval(Db db, DeploymentStore store)
{
    /// <summary>Deletes deployments with their waiting runs and limits; the ids of those that were there, and that nobody else was deleting.</summary>
    public async Task<List<Guid>> DeleteAsync(Sql where, int limit, DateTimeOffset now, CancellationToken cancel)
    {
        var found = await store.RecordsAsync(where, DeploymentSort.NameAsc, limit, 0, cancel);
        if (found.Count == 0) return [];
        var ids = found.ConvertAll(static deployment => deployment.Id);
        var batch = new SqlBatch();
        var held = batch.List($"select id from deployment where id = any({ids}) order by id for update", static row => row.GetGuid(0));
        foreach (var deployment in found)
        {
            Outbox.AddIf(batch, DeploymentEvents.Deleted(deployment, now), $"exists (select 1 from deployment where id = {deployment.Id})");
        }
        ScheduledRuns.Remove(batch, $"= any({ids})", autoOnly: false, after: null);
        DeploymentLimits.Remove(batch, $"= any({ids})");
        batch.Execute($"delete from deployment where id = any({ids})");
        batch.Signal(DbTopics.Deployments);
        await db.WriteAsync(batch, cancel);
        return ids.FindAll(held.Value.Contains);
    }

    /// <summary>False when there is no such deployment.</summary>
    public async Task<bool> PauseAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var known = batch.One($"select id from deployment where id = {id} for update", static row => row.GetGuid(0));
        batch.Execute($"update deployment set paused = true, updated = {now} where id = {id} and paused = false");
        ScheduledRuns.Remove(batch, $"= {id}", autoOnly: true, after: null);
        batch.Signal(DbTopics.Deployments);
        await db.WriteAsync(batch, cancel);
        return known.Value == id;
    }

    /// <summary>False when there is no such deployment.</summary>
    public async Task<bool> ResumeAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var known = batch.One($"select id from deployment where id = {id} for update", static row => row.GetGuid(0));
        batch.Execute($"update deployment set paused = false, updated = {now} where id = {id} and paused = true");
        batch.Signal(DbTopics.Deployments);
        await db.WriteAsync(batch, cancel);
        return known.Value == id;
    }
}
