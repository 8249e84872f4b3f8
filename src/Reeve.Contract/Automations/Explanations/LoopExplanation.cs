namespace Reeve.Contract.Automations.Explanations;

/// <summary>What was left out of an automation because automations set it off.</summary>
public sealed class LoopExplanation
{
    public string? Reason { get; set; }

    /// <summary>Until when further firings are left out; null or past: it is evaluated again.</summary>
    public DateTimeOffset? BrokenUntil { get; set; }

    /// <summary>How many firings were left out in all.</summary>
    public long Suppressed { get; set; }

    /// <summary>When events told that a loop was broken, newest first.</summary>
    public List<DateTimeOffset> Notices { get; set; } = [];
}
