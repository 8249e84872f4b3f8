namespace Reeve.Core.Orchestration;

/// <summary>
/// One entry of a policy. It is asked about transitions between its two sets: before the state is stored it may change or
/// refuse the proposal; afterwards either <see cref="After"/> runs, or <see cref="Cleanup"/> if a later rule changed the type.
/// </summary>
internal abstract class Rule<T>(StateSet from, StateSet to)
    where T : Transition
{
    public StateSet From { get; } = from;

    public StateSet To { get; } = to;

    /// <summary>A transform cannot refuse, and runs whatever became of the proposal.</summary>
    public virtual bool IsTransform => false;

    public virtual void Before(T transition)
    {
    }

    public virtual void After(T transition)
    {
    }

    public virtual void Cleanup(T transition)
    {
    }
}
