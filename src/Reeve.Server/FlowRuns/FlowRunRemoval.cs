using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>Deletes flow runs with what belongs to them. A run that holds a slot of its deployment gives it back in the same transaction.</summary>
internal sealed class FlowRunRemoval(Db db, FlowRunContextStore contexts, FlowRunTransitions transitions)
{
    private const int Attempts = 20;

    /// <summary>False if there is no such run.</summary>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var context = transitions.Context(TransitionCaller.Server);
            var loaded = await contexts.FindAsync(id, StateType.Cancelled, FlowRunPolicyKind.Minimal, context, withTimestamps: false, cancel);
            if (loaded is null) return false;
            var slots = new SlotWrites(db.Dialect, transitions.Settings, context.Now);
            if (FlowRunOrchestration.ReleaseOnDelete(loaded.Run, loaded.Facts) is { } release) slots.Add([release]);
            var batch = new SqlBatch();
            batch.One($"select id from flow_run where id = {id} for update", static row => row.GetGuid(0));
            slots.AddLocks(batch);
            slots.AddChanges(batch, $"exists (select 1 from flow_run where id = {id} and state_id is not distinct from {loaded.Run.State?.Id})");
            var deleted = batch.Execute($"delete from flow_run where id = {id} and state_id is not distinct from {loaded.Run.State?.Id}");
            batch.Execute($"delete from log where flow_run_id = {id} and not exists (select 1 from flow_run where id = {id})");
            await db.WriteAsync(batch, cancel);
            if (deleted.Value == 1) return true;
        }
        throw ApiException.Unavailable();
    }
}
