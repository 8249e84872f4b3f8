namespace Reeve.Core.Orchestration.Rules;

/// <summary>A task whose result is cached does not run.</summary>
internal sealed class CacheRetrieval() : Rule<TaskTransition>(StateSet.All, StateSet.Of(StateType.Running))
{
    public static bool LooksUp(State proposed) =>
        !string.IsNullOrEmpty(proposed.StateDetails.CacheKey) && proposed.StateDetails.RefreshCache is not true;

    public override void Before(TaskTransition transition)
    {
        if (LooksUp(transition.Proposed!) && transition.Facts.CachedState is { } cached)
        {
            transition.Reject(
                transition.NewState(cached.Type, "Cached", cached.Message, cached.Data, cached.StateDetails),
                "Retrieved state from cache");
        }
    }
}
