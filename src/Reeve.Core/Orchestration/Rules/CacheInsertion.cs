namespace Reeve.Core.Orchestration.Rules;

/// <summary>A completed task with a cache key is cached.</summary>
internal sealed class CacheInsertion() : Rule<TaskTransition>(StateSet.All, StateSet.Of(StateType.Completed))
{
    public override void Before(TaskTransition transition)
    {
        var longest = transition.Context.Settings.CacheKeyMaximumLength;
        if (transition.Proposed is { StateDetails.CacheKey: { } key } proposed && key.Length > longest)
        {
            // The state is stored and cached all the same; clients know this answer and take it for a warning.
            transition.Reject(proposed, $"Cache key exceeded maximum allowed length of {longest} characters.");
        }
    }

    public override void After(TaskTransition transition)
    {
        var state = transition.Proposed!;
        if (state.StateDetails.CacheKey is { Length: > 0 } key)
        {
            transition.Cache = new CacheInsert(key, state.StateDetails.CacheExpiration?.ToUniversalTime(), state.Id);
        }
    }
}
