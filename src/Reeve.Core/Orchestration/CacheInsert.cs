namespace Reeve.Core.Orchestration;

/// <summary>A cache row to create.</summary>
/// <param name="Key">The cache key.</param>
/// <param name="Expiration">When the row ceases to count; null for never.</param>
/// <param name="StateId">The completed state.</param>
public sealed record CacheInsert(string Key, DateTimeOffset? Expiration, Guid StateId);
