using Reeve.Contract.Deployments;
using Reeve.Data;
using Reeve.Server.Deployments;
using Reeve.Server.Events;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.WorkPools;

/// <summary>
/// Notices what is not looked after any more, see services.md §6: silent workers go offline, and pools without workers,
/// deployments and queues that nobody polls become not ready. Each change tells of itself in its own transaction, once
/// however many replicas look.
/// </summary>
internal sealed class Foreman(Db db, ForemanStore store, DeploymentStore deployments, ServerSettings settings, TimeProvider clock) : Service
{
    private const int AtOnce = 100;

    public override ServiceInfo Info => ServiceCatalogue.Foreman;

    public override TimeSpan Interval => settings.Services.Foreman.Loop;

    public override BatchSize? Batch { get; } = new(AtOnce);

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var size = Batch!.Size;
        var cutoffs = Cutoffs.At(now, settings.Services.Foreman);
        var seen = await store.LookAsync(cutoffs, size, cancel);
        var items = await store.SetOfflineAsync(seen.Workers, now, settings.Services.Foreman, cancel);
        // Workers that went offline just now leave their pools without any: they are looked for after.
        var pools = items > 0 || seen.HasIdlePools ? await store.IdlePoolsAsync(size, cancel) : [];
        foreach (var pool in pools) await store.BecomeNotReadyAsync(pool, now, cancel);
        if (seen.Deployments.Count > 0) await ForgetDeploymentsAsync(seen.Deployments, cutoffs, now, cancel);
        if (seen.Queues.Count > 0) await store.ForgetQueuesAsync(seen.Queues, cutoffs, now, cancel);
        items += pools.Count + seen.Deployments.Count + seen.Queues.Count;
        var full = pools.Count == size || seen.Deployments.Count == size || seen.Queues.Count == size;
        return new ServiceOutcome(items, seen.NextDue(settings.Services.Foreman), More: full);
    }

    private async Task ForgetDeploymentsAsync(IReadOnlyCollection<Guid> ids, Cutoffs cutoffs, DateTimeOffset now, CancellationToken cancel)
    {
        var records = await deployments.RecordsAsync($"d.id = any({ids})", DeploymentSort.NameAsc, ids.Count, 0, cancel);
        var batch = new SqlBatch();
        // Whoever comes second waits here, and then finds nothing left to tell.
        batch.List($"select id from deployment where id = any({ids}) order by id for update", static row => row.GetGuid(0));
        foreach (var deployment in records)
        {
            Outbox.AddIf(
                batch, DeploymentEvents.NotReady(deployment, now),
                $"exists (select 1 from deployment d where d.id = {deployment.Id} and {ForemanStore.Abandoned(cutoffs)})");
        }
        batch.Execute(
            $"update deployment set status = 'NOT_READY' where id in (select d.id from deployment d where d.id = any({ids}) and {ForemanStore.Abandoned(cutoffs)})");
        await db.WriteAsync(batch, cancel);
    }
}
