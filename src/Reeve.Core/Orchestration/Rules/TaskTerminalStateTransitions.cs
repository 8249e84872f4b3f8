namespace Reeve.Core.Orchestration.Rules;

/// <summary>What may still happen to a task run that has ended.</summary>
internal sealed class TaskTerminalStateTransitions() : Rule<TaskTransition>(StateSet.Terminal, StateSet.All)
{
    public override void Before(TaskTransition transition)
    {
        var initial = transition.Initial!;
        var proposed = transition.Proposed!;
        if (proposed.Type is StateType.Cancelling or StateType.Paused or StateType.Crashed)
        {
            transition.Abort($"Run is already {initial.Type.WireName()}.");
            return;
        }

        if (initial.Type == StateType.Completed && ResultData.IsTaskResult(initial))
        {
            transition.Reject(null, "This run is already completed.");
            return;
        }

        if (proposed.Type.IsTerminal())
        {
            return;
        }

        transition.Columns = transition.Columns with { RunCount = 0 };
        if (proposed.Type == StateType.Running
            && transition.Run.FlowRunId is not null
            && transition.Facts.FlowRun is { } flowRun
            && transition.Run.FlowRunRunCount < flowRun.RunCount)
        {
            transition.Rename("Retrying");
        }
    }

    public override void Cleanup(TaskTransition transition) =>
        transition.Columns = transition.Columns with { RunCount = transition.InitialColumns.RunCount };
}
