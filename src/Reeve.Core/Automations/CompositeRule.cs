namespace Reeve.Core.Automations;

/// <summary>A trigger made of others: some of them must fire within a time, or, as a sequence, all of them in order.</summary>
public sealed class CompositeRule : TriggerRule
{
    public CompositeRule(Guid id, IReadOnlyList<TriggerRule> children, int required, bool isSequence, TimeSpan? within)
        : base(id)
    {
        Children = children;
        Required = required;
        IsSequence = isSequence;
        Within = within;
        foreach (var child in children) child.Parent = this;
    }

    public IReadOnlyList<TriggerRule> Children { get; }

    /// <summary>How many children must fire.</summary>
    public int Required { get; }

    public bool IsSequence { get; }

    /// <summary>How far apart the firings may be; null: any time.</summary>
    public TimeSpan? Within { get; }

    public override IEnumerable<EventRule> Leaves => Children.SelectMany(static child => child.Leaves);

    public override IEnumerable<TriggerRule> All => Children.SelectMany(static child => child.All).Prepend(this);
}
