namespace Reeve.Core.Orchestration.Rules;

/// <summary>A late run whose deployment is full and takes no queue is cancelled instead of marked.</summary>
internal sealed class DeploymentConcurrencyOnLate()
    : Rule<FlowTransition>(StateSet.Of(StateType.Scheduled), StateSet.Of(StateType.Scheduled))
{
    public override void Before(FlowTransition transition)
    {
        if (transition.Proposed!.Name == OnlyScheduledMarkedLate.Late
            && transition.Run.DeploymentId is not null
            && transition.Facts.Deployment is { CollisionStrategy: CollisionStrategy.CancelNew, Limit: { Active: true } limit }
            && limit.ActiveSlots >= limit.Limit)
        {
            transition.Reject(
                transition.NewState(StateType.Cancelled, message: "Deployment concurrency limit reached."),
                "Deployment concurrency limit is full and uses the CANCEL_NEW strategy.");
        }
    }
}
