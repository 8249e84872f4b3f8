namespace Reeve.Contract.Automations.Explanations;

/// <summary>The newest firing of a child of a composite trigger.</summary>
public sealed class ChildFiringExplanation
{
    public Guid TriggerId { get; set; }

    public Guid FiringId { get; set; }

    public DateTimeOffset Fired { get; set; }

    /// <summary>When it no longer counts; null: never.</summary>
    public DateTimeOffset? Until { get; set; }
}
