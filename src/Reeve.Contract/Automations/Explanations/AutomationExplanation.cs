namespace Reeve.Contract.Automations.Explanations;

/// <summary>Why an automation did or did not fire; answered by Reeve's server only.</summary>
public sealed class AutomationExplanation
{
    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    public bool Enabled { get; set; }

    public DateTimeOffset AsOf { get; set; }

    /// <summary>The short answer, most important sentence first.</summary>
    public List<string> Verdict { get; set; } = [];

    /// <summary>When something is evaluated though no event comes; null: with the next event.</summary>
    public DateTimeOffset? NextEvaluation { get; set; }

    public List<TriggerExplanation> Triggers { get; set; } = [];

    /// <summary>Its last firings, newest first.</summary>
    public List<FiringExplanation> Firings { get; set; } = [];

    /// <summary>The last actions that were queued, newest first.</summary>
    public List<ActionExplanation> Actions { get; set; } = [];

    /// <summary>Set once it was part of a loop.</summary>
    public LoopExplanation? Loop { get; set; }
}
