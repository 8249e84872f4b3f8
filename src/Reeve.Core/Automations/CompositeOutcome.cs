namespace Reeve.Core.Automations;

/// <summary>What became of the firings that a composite trigger keeps.</summary>
/// <param name="Kept">Those to keep, which replace all kept before.</param>
/// <param name="Causes">The firings that make the trigger fire; null when it does not.</param>
public sealed record CompositeOutcome(IReadOnlyList<ChildFiring> Kept, IReadOnlyList<ChildFiring>? Causes);
