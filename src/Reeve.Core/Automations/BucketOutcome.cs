namespace Reeve.Core.Automations;

/// <summary>What became of a bucket.</summary>
/// <param name="Bucket">The bucket that stands now; null: there is none.</param>
/// <param name="Fired">For each time the trigger fired, the event to name, if there is any.</param>
public sealed record BucketOutcome(Bucket? Bucket, IReadOnlyList<RawJson?> Fired);
