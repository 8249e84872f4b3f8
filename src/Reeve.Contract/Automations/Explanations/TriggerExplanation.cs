namespace Reeve.Contract.Automations.Explanations;

/// <summary>One trigger of an automation, at any depth.</summary>
public sealed class TriggerExplanation
{
    public Guid Id { get; set; }

    public Guid? ParentId { get; set; }

    public string Type { get; set; } = "";

    /// <summary>What it waits for, in words.</summary>
    public string Waits { get; set; } = "";

    /// <summary>The newest event that it takes among those looked at.</summary>
    public EventExplanation? LastMatch { get; set; }

    /// <summary>Events with the right name or resource that it does not take, newest first.</summary>
    public List<EventExplanation> NearMisses { get; set; } = [];

    /// <summary>How many stored events were looked at for this trigger.</summary>
    public int EventsLookedAt { get; set; }

    /// <summary>The oldest of them.</summary>
    public DateTimeOffset? LookedBackTo { get; set; }

    /// <summary>Its open windows, those that end first.</summary>
    public List<BucketExplanation> Buckets { get; set; } = [];

    /// <summary>How many there are; more than are shown, perhaps.</summary>
    public int BucketCount { get; set; }

    /// <summary>How many children of a composite trigger must fire.</summary>
    public int? Required { get; set; }

    /// <summary>The firings of children that a composite trigger keeps.</summary>
    public List<ChildFiringExplanation> ChildFirings { get; set; } = [];
}
