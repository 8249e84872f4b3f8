namespace Reeve.Settings.Views;

/// <summary>Cleanup orders for workers.</summary>
public sealed class WorkerChannelSettings(ResolvedSettings settings)
{
    private const string Prefix = "server.worker_channel.cleanup_";

    /// <summary>Time a worker has to confirm an order.</summary>
    public TimeSpan CleanupLease { get; } = settings.Seconds(Prefix + "lease_seconds");

    public int CleanupMaxDeliveryAttempts { get; } = settings.Int(Prefix + "max_delivery_attempts");

    /// <summary>Time a finished order is remembered, or null for good.</summary>
    public TimeSpan? CompletedIdempotencyRetention { get; } = settings.OptionalSeconds(Prefix + "completed_idempotency_retention_seconds");
}
