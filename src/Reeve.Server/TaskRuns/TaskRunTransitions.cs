using Reeve.Contract.States;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;
using Reeve.Settings.Views;

namespace Reeve.Server.TaskRuns;

/// <summary>
/// Moves task runs from state to state, as <see cref="FlowRuns.FlowRunTransitions"/> does flow runs: load, decide, write on
/// the condition that nothing it was decided from has changed.
/// </summary>
internal sealed class TaskRunTransitions(Db db, TaskRunContextStore contexts, ServerSettings settings, TimeProvider clock)
{
    /// <summary>Rounds before a run that changes faster than it can be decided is given up on. Each round somebody else made progress.</summary>
    private const int Attempts = 20;

    private readonly OrchestrationSettings _settings = OrchestrationSetup.From(settings);

    /// <summary>A context for decisions made now. The rules of task runs look at nobody's version.</summary>
    public TransitionContext Context() => new() { Now = clock.GetUtcNow(), Settings = _settings };

    public static State ToState(StateCreate asked, TransitionContext context) => StateProposal.Create(
        asked.Type, context, asked.Name, asked.Message, asked.Data.IsNull ? null : asked.Data, asked.StateDetails);

    /// <summary>Proposes a state for a run; null if there is no such run.</summary>
    /// <exception cref="ApiException">404: its flow run is gone. 503: the run changed under every attempt.</exception>
    public async Task<TaskRunDecision?> ProposeAsync(Guid id, StateCreate asked, bool force, CancellationToken cancel)
    {
        var withTimestamps = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var context = Context();
            var proposed = ToState(asked, context);
            var policy = TaskRunOrchestration.PolicyFor(proposed, force);
            if (await contexts.FindAsync(id, proposed, policy, context.Now, withTimestamps, cancel) is not { } loaded) return null;
            // The time of deciding is after what was read: no state is older than the one it follows.
            context = Context();
            proposed = ToState(asked, context);
            var decision = TaskRunOrchestration.Decide(loaded.Run, proposed, policy, loaded.Facts, context);
            if (decision.NotFound is { } missing) throw ApiException.Missing(missing);
            try
            {
                if (await ApplyAsync(loaded.Run, decision, context, cancel)) return decision;
            }
            catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation && !withTimestamps)
            {
                // Another state of the run has this very timestamp.
                withTimestamps = true;
            }
        }
        throw ApiException.Unavailable();
    }

    /// <summary>Starts the writes of a decision. The caller runs the batch and looks at <see cref="TransitionBatch.Won"/>.</summary>
    public TransitionBatch Batch(TransitionContext context) => new(db.Dialect, _settings, context.Now);

    /// <summary>Adds what a decision writes.</summary>
    public void Add(TransitionBatch writes, TaskRunSnapshot run, TaskRunDecision decision, TransitionContext context, bool insertedWithColumns = false)
    {
        Sql? also = decision.FlowRunRunCount is { } count ? (Sql)$", flow_run_run_count = {count}" : null;
        writes.Add(new RunWrite(RunTable.TaskRuns, run.Id, run.State?.Id, decision, also));
        writes.Write(insertedWithColumns);
        if (decision.Cache is not { } cache || IsTooLongToIndex(cache.Key)) return;
        writes.Batch.Execute(
            $"""
            insert into task_run_state_cache (id, created, updated, cache_key, cache_expiration, task_run_state_id)
            select {Guid.NewGuid():uuid}, {context.Now:timestamptz}, {context.Now:timestamptz}, {cache.Key:text}, {cache.Expiration:timestamptz}, {cache.StateId:uuid}
            where {writes.Stored}
            """);
    }

    private async Task<bool> ApplyAsync(TaskRunSnapshot run, TaskRunDecision decision, TransitionContext context, CancellationToken cancel)
    {
        if (decision.NewState is null && decision.Slots.Count == 0) return true;
        var writes = Batch(context);
        Add(writes, run, decision, context);
        if (decision.Enqueue is not null) writes.Batch.Signal(DbTopics.BackgroundTasks);
        await db.WriteAsync(writes.Batch, cancel);
        return writes.Won;
    }

    /// <summary>A key beyond the allowed length is only warned of; PostgreSQL's index would refuse the longest, and fail the whole transition.</summary>
    private bool IsTooLongToIndex(string key) => key.Length > _settings.CacheKeyMaximumLength;
}
