namespace Reeve.Server.WorkPools.Cleanup;

/// <summary>What came of confirming, giving back or extending a reservation.</summary>
/// <param name="Status">As <c>cleanup.operation_result.v1</c> spells it: accepted, not_found, unauthorized, not_current, invalid_token, expired, dead_lettered.</param>
/// <param name="Reason">Null when accepted.</param>
/// <param name="LeaseExpiresAt">The new end of an extended lease.</param>
internal sealed record CleanupResult(string Status, string? Reason = null, DateTimeOffset? LeaseExpiresAt = null)
{
    public static CleanupResult Accepted { get; } = new("accepted");

    public static CleanupResult Dead { get; } = new("dead_lettered", WorkerCleanupStore.TooManyDeliveries);
}
