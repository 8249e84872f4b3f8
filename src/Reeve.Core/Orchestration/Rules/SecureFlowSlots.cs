using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration.Rules;

/// <summary>A run becomes pending only with a slot of its deployment's limit.</summary>
internal sealed class SecureFlowSlots() : Rule<FlowTransition>(
    StateSet.Of(StateType.Scheduled, StateType.Completed, StateType.Failed, StateType.Cancelled, StateType.Crashed, StateType.Paused).WithNoState(),
    StateSet.Of(StateType.Pending))
{
    private const string Full = "Deployment concurrency limit reached.";

    public override void Before(FlowTransition transition)
    {
        if (transition.Run.DeploymentId is null || transition.Context.WorkerTakesDeploymentSlot)
        {
            return;
        }

        if (transition.Facts.Deployment is not { } deployment)
        {
            transition.Abort("Deployment not found.");
            return;
        }

        if (deployment.Limit is not { Active: true } limit)
        {
            return;
        }

        var context = transition.Context;
        if (limit.Limit == 0)
        {
            transition.Abort("The deployment concurrency limit is 0. The flow will deadlock if submitted again.");
        }
        else if (SlotMath.HasFree(limit, 1, transition.Now))
        {
            var lease = DeploymentSlots.NewLeaseId(context);
            transition.Write(new TakeSlots([limit.Id], 1, lease, DeploymentSlots.FirstLease(deployment, context.Settings), Holder: null));
            transition.Proposed = transition.Proposed!.WithLease(lease);
        }
        else if (deployment.CollisionStrategy == CollisionStrategy.CancelNew)
        {
            transition.Reject(transition.NewState(StateType.Cancelled, message: Full), Full);
        }
        else
        {
            var details = new StateDetails { ScheduledTime = transition.Now + context.Settings.DeploymentSlotWait };
            transition.Reject(transition.NewState(StateType.Scheduled, "AwaitingConcurrencySlot", details: details), Full);
        }
    }

    public override void Cleanup(FlowTransition transition) => transition.ForgetTakenSlots();
}
