namespace Reeve.Core.Automations;

/// <summary>A trigger, made ready to be evaluated: an <see cref="EventRule"/> or a <see cref="CompositeRule"/> of others.</summary>
public abstract class TriggerRule
{
    private protected TriggerRule(Guid id) => Id = id;

    public Guid Id { get; }

    /// <summary>The trigger this one is a part of; null at the top.</summary>
    public CompositeRule? Parent { get; internal set; }

    /// <summary>The event triggers at any depth.</summary>
    public abstract IEnumerable<EventRule> Leaves { get; }

    /// <summary>This trigger and all inside it.</summary>
    public virtual IEnumerable<TriggerRule> All => [this];
}
