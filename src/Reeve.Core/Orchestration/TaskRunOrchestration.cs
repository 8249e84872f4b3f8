using Reeve.Core.Orchestration.Rules;

namespace Reeve.Core.Orchestration;

/// <summary>Decides what a state proposed for a task run leads to.</summary>
public static class TaskRunOrchestration
{
    /// <summary>A deferred state makes a background task, forced or not; other proposals obey all rules unless forced.</summary>
    public static TaskRunPolicyKind PolicyFor(State proposed, bool force)
    {
        if (proposed.StateDetails.Deferred is true)
        {
            return TaskRunPolicyKind.Background;
        }

        return force ? TaskRunPolicyKind.Minimal : TaskRunPolicyKind.Core;
    }

    /// <summary>What to load before deciding, for this run.</summary>
    public static FactNeeds Needs(TaskRunSnapshot run, State proposed, TaskRunPolicyKind policy)
    {
        var needs = FactNeeds.None;
        var starts = proposed.Type == StateType.Running && policy != TaskRunPolicyKind.Minimal;
        if (starts)
        {
            needs |= run.FlowRunId is null ? FactNeeds.None : FactNeeds.FlowRun;
            needs |= CacheRetrieval.LooksUp(proposed) ? FactNeeds.CachedState : FactNeeds.None;
        }

        if (run.Tags.Count > 0)
        {
            needs |= starts && policy == TaskRunPolicyKind.Core ? FactNeeds.TagLimits : FactNeeds.None;
            needs |= starts || !ReleaseTaskSlots.Occupies(proposed.Type) ? FactNeeds.HeldTagSlots : FactNeeds.None;
        }

        return needs;
    }

    /// <summary>What any run could need, for loading the run and its facts in one go.</summary>
    public static FactNeeds PossibleNeeds(State proposed, TaskRunPolicyKind policy)
    {
        if (proposed.Type != StateType.Running || policy == TaskRunPolicyKind.Minimal)
        {
            return ReleaseTaskSlots.Occupies(proposed.Type) ? FactNeeds.None : FactNeeds.HeldTagSlots;
        }

        var needs = FactNeeds.FlowRun | FactNeeds.HeldTagSlots;
        needs |= CacheRetrieval.LooksUp(proposed) ? FactNeeds.CachedState : FactNeeds.None;
        return policy == TaskRunPolicyKind.Core ? needs | FactNeeds.TagLimits : needs;
    }

    /// <summary>Decides. Nothing is kept between calls: deciding again on newer values is always right.</summary>
    /// <param name="run">The run with its current state.</param>
    /// <param name="proposed">The proposed state, made by <see cref="StateProposal"/>.</param>
    /// <param name="policy">Which rules to ask; see <see cref="PolicyFor"/>.</param>
    /// <param name="facts">At least what <see cref="Needs"/> names.</param>
    /// <param name="context">Caller, time and settings.</param>
    /// <exception cref="ArgumentException">A needed fact was not loaded.</exception>
    public static TaskRunDecision Decide(
        TaskRunSnapshot run,
        State proposed,
        TaskRunPolicyKind policy,
        TaskRunFacts facts,
        TransitionContext context)
    {
        var missing = Needs(run, proposed, policy) & ~facts.Loaded;
        if (missing != FactNeeds.None)
        {
            throw new ArgumentException($"The transition needs facts that were not loaded: {missing}.", nameof(facts));
        }

        var transition = new TaskTransition(run, proposed, facts, context);
        Policies.For(policy).Run(transition);
        return new TaskRunDecision(transition);
    }
}
