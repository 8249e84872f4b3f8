namespace Reeve.Contract.Automations.Explanations;

/// <summary>An action as it is in the queue.</summary>
public sealed class ActionExplanation
{
    /// <summary>The invocation that its events name.</summary>
    public Guid Id { get; set; }

    public int Index { get; set; }

    public string Type { get; set; } = "";

    /// <summary><c>waiting</c>, <c>done</c>, <c>failed</c> or, given up after several tries, <c>dead</c>.</summary>
    public string Status { get; set; } = "";

    public int Attempts { get; set; }

    /// <summary>Why it failed, or why it is tried again.</summary>
    public string? Reason { get; set; }

    public DateTimeOffset Queued { get; set; }

    /// <summary>When it is tried next; null once it ended.</summary>
    public DateTimeOffset? Due { get; set; }

    public DateTimeOffset? Finished { get; set; }
}
