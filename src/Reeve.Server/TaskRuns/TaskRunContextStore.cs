using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Orchestration;

namespace Reeve.Server.TaskRuns;

/// <summary>Loads a task run with every fact its rules may ask for, in one round trip.</summary>
internal sealed class TaskRunContextStore(Db db)
{
    /// <summary>The run as it is now; null if there is none.</summary>
    /// <param name="id">The run.</param>
    /// <param name="proposed">The state that is proposed: it decides which facts may be asked for.</param>
    /// <param name="policy">Which rules will ask.</param>
    /// <param name="now">What counts as expired.</param>
    /// <param name="withTimestamps">Load the times of its states, because one was found taken.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<TaskRunWithFacts?> FindAsync(
        Guid id, State proposed, TaskRunPolicyKind policy, DateTimeOffset now, bool withTimestamps, CancellationToken cancel)
    {
        var needs = TaskRunOrchestration.PossibleNeeds(proposed, policy);
        var batch = new SqlBatch();
        var found = new TaskRunLoader(db.Dialect).Add(batch, $"r.id = {id}");
        var flowRun = needs.HasFlag(FactNeeds.FlowRun)
            ? TaskRunFactReader.AddFlowRun(batch, $"(select flow_run_id from task_run where id = {id})")
            : null;
        var cached = needs.HasFlag(FactNeeds.CachedState) ? TaskRunFactReader.AddCachedState(batch, proposed.StateDetails.CacheKey!, now) : null;
        var limits = needs.HasFlag(FactNeeds.TagLimits) ? new TaskRunFactReader(db.Dialect).AddTagLimits(batch, id) : null;
        var taken = withTimestamps
            ? batch.List($"select timestamp from task_run_state where task_run_id = {id} order by timestamp desc limit 1000", static row => row.GetInstant(0))
            : null;
        await db.ReadAsync(batch, cancel);
        if (found().FirstOrDefault() is not { } run) return null;
        return run with
        {
            Facts = run.Facts with
            {
                Loaded = run.Facts.Loaded | needs,
                FlowRun = flowRun?.Value,
                CachedState = cached?.Value,
                TagLimits = limits?.Value ?? [],
                TakenTimestamps = taken?.Value ?? [],
            },
        };
    }
}
