namespace Reeve.Core.Orchestration.Rules;

/// <summary>A background task keeps the reference to its parameters.</summary>
internal sealed class CopyTaskParametersId() : Rule<TaskTransition>(
    StateSet.Of(StateType.Scheduled, StateType.Pending),
    StateSet.Of(StateType.Pending, StateType.Running))
{
    public override void Before(TaskTransition transition)
    {
        var proposed = transition.Proposed!;
        if (proposed.StateDetails.TaskParametersId is null && transition.Initial!.StateDetails.TaskParametersId is { } id)
        {
            transition.Proposed = proposed with { StateDetails = proposed.StateDetails with { TaskParametersId = id } };
        }
    }
}
