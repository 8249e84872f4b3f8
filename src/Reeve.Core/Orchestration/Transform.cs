namespace Reeve.Core.Orchestration;

/// <summary>An entry of a policy that keeps books: it runs for every transition that stores a state.</summary>
internal sealed class Transform<T>(Action<T>? before = null, Action<T>? after = null) : Rule<T>(StateSet.All, StateSet.All)
    where T : Transition
{
    public override bool IsTransform => true;

    public override void Before(T transition)
    {
        if (transition.Proposed is not null)
        {
            before?.Invoke(transition);
        }
    }

    public override void After(T transition)
    {
        if (transition.Proposed is not null)
        {
            after?.Invoke(transition);
        }
    }
}
