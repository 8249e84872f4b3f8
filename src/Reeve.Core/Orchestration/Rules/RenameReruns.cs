namespace Reeve.Core.Orchestration.Rules;

/// <summary>The name of a running state tells that the task ran before.</summary>
internal sealed class RenameReruns() : Rule<TaskTransition>(StateSet.All, StateSet.Of(StateType.Running))
{
    public override void Before(TaskTransition transition)
    {
        if (transition.Initial is { } initial && transition.Columns.RunCount > 0)
        {
            transition.Rename(initial.Name == "AwaitingRetry" ? "Retrying" : "Rerunning");
        }
    }
}
