using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration.Rules;

/// <summary>A task that is neither running nor being cancelled gives back the slots of its tags.</summary>
internal static class ReleaseTaskSlots
{
    public static bool Occupies(StateType type) => type is StateType.Running or StateType.Cancelling;

    public static void After(TaskTransition transition)
    {
        if (Occupies(transition.Proposed!.Type))
        {
            return;
        }

        foreach (var lease in transition.Facts.HeldLeases)
        {
            transition.Write(new ReleaseLease(lease.Id, lease.LimitIds, lease.Slots));
        }

        foreach (var limit in transition.Facts.LegacyTagLimits)
        {
            if (limit.Holders.Contains(transition.Run.Id))
            {
                transition.Write(new RemoveTagHolder(limit.Id, transition.Run.Id));
            }
        }
    }
}
