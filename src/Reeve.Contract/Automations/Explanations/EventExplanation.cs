namespace Reeve.Contract.Automations.Explanations;

/// <summary>An event and what a trigger made of it.</summary>
public sealed class EventExplanation
{
    public Guid Id { get; set; }

    public string Event { get; set; } = "";

    public DateTimeOffset Occurred { get; set; }

    public string ResourceId { get; set; } = "";

    /// <summary>What became of it, or why it does not count.</summary>
    public string Reason { get; set; } = "";
}
