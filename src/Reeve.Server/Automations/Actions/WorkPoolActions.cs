using Reeve.Contract.Automations;
using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.WorkPools;
using Reeve.Server.WorkPools.Queues;

namespace Reeve.Server.Automations.Actions;

/// <summary>Actions on work pools and their queues.</summary>
internal sealed class WorkPoolActions(Db db, WorkPoolStore pools, WorkQueueStore queues, TimeProvider clock)
{
    private const string PoolKind = "prefect.work-pool";
    private const string QueueKind = "prefect.work-queue";

    public async Task SetPausedAsync(
        TriggeredAction action, ActionSource source, Guid? selected, bool paused, ActionReport report, CancellationToken cancel)
    {
        var id = ActionTargets.Of(action, source, selected, PoolKind, "work pool");
        async Task<WorkPoolRecord> FindAsync() => await pools.FindAsync(id, cancel) ?? throw new ActionFailure($"Work pool {id} not found");
        var pool = await FindAsync();
        report.Add(PoolKind, id, "target", pool.Wire.Name);
        var now = clock.GetUtcNow();
        await ActionRunner.NoteAsync(db, action, now, cancel, $"{PoolKind}.{id}");
        await pools.UpdateAsync(FindAsync, new WorkPoolUpdate { IsPaused = paused }, now, cancel);
        report.StatusCode = 204;
    }

    public async Task SetQueuePausedAsync(
        TriggeredAction action, ActionSource source, Guid? selected, bool paused, ActionReport report, CancellationToken cancel)
    {
        var id = ActionTargets.Of(action, source, selected, QueueKind, "work queue");
        report.Add(QueueKind, id, "target");
        async Task<WorkQueueRecord> FindAsync() => await queues.FindAsync(id, cancel) ?? throw ApiException.Missing($"Work Queue with id {id} not found");
        _ = await FindAsync();
        var now = clock.GetUtcNow();
        await ActionRunner.NoteAsync(db, action, now, cancel, $"{QueueKind}.{id}");
        await queues.UpdateAsync(FindAsync, new WorkQueueUpdate { IsPaused = paused }, shift: false, now, cancel);
        report.StatusCode = 204;
    }
}
