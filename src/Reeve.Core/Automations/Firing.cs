namespace Reeve.Core.Automations;

/// <summary>One time that a trigger fired.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Trigger">The trigger.</param>
/// <param name="Triggered">When it was found to fire.</param>
/// <param name="Labels">The values it was counted by; empty for composite triggers.</param>
/// <param name="Event">The event that made it fire, or the last one seen; null when none was.</param>
/// <param name="Causes">The firings of a composite trigger's children.</param>
public sealed record Firing(
    Guid Id,
    TriggerRule Trigger,
    DateTimeOffset Triggered,
    IReadOnlyDictionary<string, string> Labels,
    RawJson? Event,
    IReadOnlyList<ChildFiring> Causes);
