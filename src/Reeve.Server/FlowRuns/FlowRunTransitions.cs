using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;
using Reeve.Settings.Views;

namespace Reeve.Server.FlowRuns;

/// <summary>
/// Moves flow runs from state to state, for clients and for services of the server alike. It loads the run and the facts
/// its rules ask for, lets the pure rules decide, and writes the decision on the condition that nothing it was made
/// from has changed; two round trips, and no lock between them. Whoever loses a race loads and decides again.
/// </summary>
internal sealed class FlowRunTransitions(Db db, FlowRunContextStore contexts, ServerSettings settings, TimeProvider clock)
{
    /// <summary>Rounds before a run that changes faster than it can be decided is given up on. Each round somebody else made progress.</summary>
    private const int Attempts = 20;

    public OrchestrationSettings Settings { get; } = OrchestrationSetup.From(settings);

    /// <summary>A context for decisions made now.</summary>
    public TransitionContext Context(TransitionCaller caller) => new()
    {
        Now = clock.GetUtcNow(),
        ApiVersion = caller.ApiVersion,
        ClientVersion = caller.ClientVersion,
        Settings = Settings,
    };

    /// <summary>Proposes a state for a run; null if there is no such run.</summary>
    /// <param name="id">The run.</param>
    /// <param name="type">The type that <paramref name="propose"/> makes.</param>
    /// <param name="propose">Makes the proposed state; called again when a race was lost. Null leaves the run alone, which gives null.</param>
    /// <param name="policy">Which rules to ask.</param>
    /// <param name="caller">Who proposes.</param>
    /// <param name="also">Statements that belong to the change, each on the condition handed in; asked when a state is to be stored.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ApiException">503: the run changed under every attempt.</exception>
    public async Task<FlowRunTransition?> ProposeAsync(
        Guid id,
        StateType type,
        Func<FlowRunSnapshot, TransitionContext, State?> propose,
        FlowRunPolicyKind policy,
        TransitionCaller caller,
        CancellationToken cancel,
        Action<SqlBatch, FlowRunDecision, Sql>? also = null)
    {
        var withTimestamps = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var context = Context(caller);
            if (await contexts.FindAsync(id, type, policy, context, withTimestamps, cancel) is not { } loaded) return null;
            // The time of deciding is after what was read: no state is older than the one it follows.
            context = context with { Now = clock.GetUtcNow() };
            if (propose(loaded.Run, context) is not { } proposed) return null;
            var decision = FlowRunOrchestration.Decide(loaded.Run, proposed, policy, loaded.Facts, context);
            try
            {
                if (await ApplyAsync(loaded, decision, context, also, cancel)) return new FlowRunTransition(loaded.Run, decision);
            }
            catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation && !withTimestamps)
            {
                // Another state of the run has this very timestamp.
                withTimestamps = true;
            }
        }
        throw ApiException.Unavailable();
    }

    /// <summary>As the other, for a state that does not depend on the run.</summary>
    public Task<FlowRunTransition?> ProposeAsync(
        Guid id, FlowRunProposal proposal, FlowRunPolicyKind policy, TransitionCaller caller, CancellationToken cancel) =>
        ProposeAsync(id, proposal.Type, (_, context) => proposal.ToState(context), policy, caller, cancel);

    /// <summary>Adds the writes of a decision to a batch of one transaction. The caller runs it and looks at <see cref="TransitionBatch.Won"/>.</summary>
    public void Add(TransitionBatch writes, FlowRunSnapshot run, FlowRunDecision decision, FlowRunRelated related, FlowRunFacts facts, bool insertedWithColumns = false)
    {
        Sql? also = decision.EmpiricalPolicy is { } policy ? (Sql)$", empirical_policy = {JsonText.Of(policy)}" : null;
        writes.Add(new RunWrite(RunTable.FlowRuns, run.Id, run.State?.Id, decision, also));
        if (decision.ParentTask is { } parent) writes.Add(TaskWrite(parent, facts.ParentTask!));
        foreach (var task in decision.RescheduledTasks) writes.Add(TaskWrite(task, facts.FailedTasks.First(failed => failed.Run.Id == task.TaskRunId)));
        writes.Write(insertedWithColumns);
        if (decision.Event is { } change) Outbox.AddIf(writes.Batch, FlowRunEvents.StateChanged(change, related), writes.Stored);
        Wake(writes.Batch, decision.NewState?.Type);
    }

    // Scheduled runs are many and late only after a while: no word of them to other processes. Pauses and cancellations are few.
    private static void Wake(SqlBatch batch, StateType? reached)
    {
        if (reached is StateType.Scheduled) batch.SignalHere(DbTopics.FlowRuns);
        else if (reached is StateType.Paused) batch.Signal(DbTopics.Pauses);
        else if (reached is StateType.Cancelling or StateType.Cancelled) batch.Signal(DbTopics.Cancellations);
    }

    private async Task<bool> ApplyAsync(
        FlowRunContext loaded, FlowRunDecision decision, TransitionContext context, Action<SqlBatch, FlowRunDecision, Sql>? also, CancellationToken cancel)
    {
        if (decision.NewState is null && decision.Slots.Count == 0) return true;
        var writes = new TransitionBatch(db.Dialect, Settings, context.Now);
        Add(writes, loaded.Run, decision, loaded.Related, loaded.Facts);
        if (decision.NewState is not null) also?.Invoke(writes.Batch, decision, writes.Stored);
        await db.WriteAsync(writes.Batch, cancel);
        return writes.Won;
    }

    private static RunWrite TaskWrite(TaskRunDecision decision, TaskRunWithFacts task) =>
        new(RunTable.TaskRuns, decision.TaskRunId, task.Run.State?.Id, decision);
}
