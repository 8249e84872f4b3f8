namespace Reeve.Core.Orchestration.Rules;

/// <summary>A failed run that has retries left is scheduled again.</summary>
internal sealed class RetryFailedFlows() : Rule<FlowTransition>(StateSet.Of(StateType.Running), StateSet.Of(StateType.Failed))
{
    public static bool HasRetriesLeft(FlowRunPolicy policy, RunColumns columns) =>
        policy.Retries is { } retries && columns.RunCount <= retries;

    public override void Before(FlowTransition transition)
    {
        if (!HasRetriesLeft(transition.Policy, transition.Columns))
        {
            if (transition.Policy.RetryType is not null)
            {
                transition.Policy = transition.Policy with { RetryType = null };
            }

            return;
        }

        var when = transition.Now + TimeSpan.FromSeconds(transition.Policy.RetryDelay ?? 0);
        if (transition.Context.ReschedulesFailedTasks)
        {
            RescheduleFailedTasks(transition, when);
        }
        else if (transition.Context.HasInProcessRetries)
        {
            transition.Policy = transition.Policy with { Resuming = false, PauseKeys = [], RetryType = RetryType.InProcess };
        }

        var failed = transition.Proposed!;
        transition.Reject(
            transition.NewState(StateType.Scheduled, "AwaitingRetry", failed.Message, failed.Data, new StateDetails { ScheduledTime = when }),
            "Retrying");
    }

    private static void RescheduleFailedTasks(FlowTransition transition, DateTimeOffset when)
    {
        var rescheduled = new List<TaskRunDecision>();
        foreach (var task in transition.Facts.FailedTasks)
        {
            var state = transition.NewState(StateType.Scheduled, "AwaitingRetry", details: new StateDetails { ScheduledTime = when });
            var run = task.Run with { Columns = task.Run.Columns with { RunCount = 0 } };
            rescheduled.Add(TaskRunOrchestration.Decide(run, state, TaskRunPolicyKind.Minimal, task.Facts, transition.Context));
        }

        transition.RescheduledTasks = rescheduled;
    }
}
