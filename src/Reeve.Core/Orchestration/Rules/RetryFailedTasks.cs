using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration.Rules;

/// <summary>A failed task that has retries left is scheduled again, after its delay and some jitter.</summary>
internal sealed class RetryFailedTasks() : Rule<TaskTransition>(StateSet.Of(StateType.Running), StateSet.Of(StateType.Failed))
{
    public override void Before(TaskTransition transition)
    {
        var policy = transition.Run.EmpiricalPolicy;
        var failed = transition.Proposed!;
        var runCount = transition.Columns.RunCount;
        if (failed.StateDetails.Retriable is false || policy.Retries is not { } retries || runCount > retries)
        {
            return;
        }

        var delay = policy.RetryDelay?.After(runCount) ?? 0;
        if (delay > 0 && policy.RetryJitterFactor is > 0 and var factor)
        {
            delay = PoissonInterval.Draw(delay, factor, transition.Context.Source.NextUniform());
        }

        var details = new StateDetails { ScheduledTime = transition.Now + TimeSpan.FromMicroseconds(Math.Round(delay * 1e6)) };
        transition.Reject(transition.NewState(StateType.Scheduled, "AwaitingRetry", failed.Message, failed.Data, details), "Retrying");
    }
}
