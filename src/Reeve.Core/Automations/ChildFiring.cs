namespace Reeve.Core.Automations;

/// <summary>A child's firing as its composite trigger keeps it: the newest of each child.</summary>
/// <param name="ChildId">The child trigger.</param>
/// <param name="FiringId">The firing.</param>
/// <param name="Triggered">When the child fired.</param>
/// <param name="Json">The whole firing as it is stored.</param>
public sealed record ChildFiring(Guid ChildId, Guid FiringId, DateTimeOffset Triggered, RawJson Json);
