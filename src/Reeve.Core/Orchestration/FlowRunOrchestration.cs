using Reeve.Core.Orchestration.Concurrency;
using Reeve.Core.Orchestration.Rules;

namespace Reeve.Core.Orchestration;

/// <summary>Decides what a state proposed for a flow run leads to.</summary>
public static class FlowRunOrchestration
{
    /// <summary>Clients' proposals obey all rules unless they are forced.</summary>
    public static FlowRunPolicyKind PolicyFor(bool force) => force ? FlowRunPolicyKind.Minimal : FlowRunPolicyKind.Core;

    /// <summary>What to load before deciding, for this run.</summary>
    public static FactNeeds Needs(FlowRunSnapshot run, StateType proposed, FlowRunPolicyKind policy, TransitionContext context)
    {
        var needs = run.ParentTaskRunId is null ? FactNeeds.None : FactNeeds.ParentTask;
        var from = run.State?.Type;
        if (policy == FlowRunPolicyKind.Core
            && from == StateType.Running
            && proposed == StateType.Failed
            && context.ReschedulesFailedTasks
            && RetryFailedFlows.HasRetriesLeft(run.EmpiricalPolicy, run.Columns))
        {
            needs |= FactNeeds.FailedTasks;
        }

        if (run.DeploymentId is null)
        {
            return needs;
        }

        if (policy == FlowRunPolicyKind.MarkLate)
        {
            return needs | (from == StateType.Scheduled ? FactNeeds.Deployment : FactNeeds.None);
        }

        if (ReleaseFlowSlots.Occupies(from))
        {
            var hasLease = run.State!.StateDetails.DeploymentConcurrencyLeaseId is not null;
            return hasLease ? needs | FactNeeds.Deployment | FactNeeds.Lease : needs;
        }

        return policy == FlowRunPolicyKind.Core && proposed == StateType.Pending ? needs | FactNeeds.Deployment : needs;
    }

    /// <summary>What any run could need, for loading the run and its facts in one go.</summary>
    public static FactNeeds PossibleNeeds(StateType proposed, FlowRunPolicyKind policy, TransitionContext context)
    {
        var needs = FactNeeds.ParentTask | FactNeeds.Deployment;
        if (policy != FlowRunPolicyKind.MarkLate)
        {
            needs |= FactNeeds.Lease;
        }

        var mayRetry = policy == FlowRunPolicyKind.Core && proposed == StateType.Failed && context.ReschedulesFailedTasks;
        return mayRetry ? needs | FactNeeds.FailedTasks : needs;
    }

    /// <summary>Decides. Nothing is kept between calls: deciding again on newer values is always right.</summary>
    /// <param name="run">The run with its current state.</param>
    /// <param name="proposed">The proposed state, made by <see cref="StateProposal"/>.</param>
    /// <param name="policy">Which rules to ask.</param>
    /// <param name="facts">At least what <see cref="Needs"/> names.</param>
    /// <param name="context">Caller, time and settings.</param>
    /// <exception cref="ArgumentException">A needed fact was not loaded.</exception>
    public static FlowRunDecision Decide(
        FlowRunSnapshot run,
        State proposed,
        FlowRunPolicyKind policy,
        FlowRunFacts facts,
        TransitionContext context)
    {
        var missing = Needs(run, proposed.Type, policy, context) & ~facts.Loaded;
        if (missing != FactNeeds.None)
        {
            throw new ArgumentException($"The transition needs facts that were not loaded: {missing}.", nameof(facts));
        }

        var transition = new FlowTransition(run, proposed, facts, context);
        Policies.For(policy).Run(transition);
        return new FlowRunDecision(transition);
    }

    /// <summary>The slot to give back when a run is deleted; null if it holds none.</summary>
    public static SlotWrite? ReleaseOnDelete(FlowRunSnapshot run, FlowRunFacts facts) =>
        ReleaseFlowSlots.Occupies(run.State?.Type)
        && run.DeploymentId is not null
        && run.State!.StateDetails.DeploymentConcurrencyLeaseId is { } leaseId
            ? ReleaseFlowSlots.Release(leaseId, facts)
            : null;
}
