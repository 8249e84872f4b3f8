namespace Reeve.Contract.Automations.Explanations;

/// <summary>An open window: how many events were counted, and until when.</summary>
public sealed class BucketExplanation
{
    /// <summary>The labels it counts apart by, with their values.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    public int Count { get; set; }

    public int Threshold { get; set; }

    public DateTimeOffset Start { get; set; }

    public DateTimeOffset End { get; set; }

    public Guid? LastEventId { get; set; }
}
