namespace Reeve.Contract.Automations.Explanations;

/// <summary>One time that the automation fired.</summary>
public sealed class FiringExplanation
{
    /// <summary>The event that tells of it.</summary>
    public Guid EventId { get; set; }

    public DateTimeOffset Fired { get; set; }

    /// <summary>The event that set it off; null: it was the absence of any.</summary>
    public Guid? TriggeringEventId { get; set; }
}
