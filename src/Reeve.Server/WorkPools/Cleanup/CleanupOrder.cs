using Reeve.Core;

namespace Reeve.Server.WorkPools.Cleanup;

/// <summary>An order to the workers of a pool to clean up after a run, see websockets.md §5.7.</summary>
internal sealed record CleanupOrder
{
    /// <summary>A run that was stuck in CANCELLING was ended; what it left running must go.</summary>
    public const string CancellingTimeoutTeardown = "cancelling_timeout_teardown.v1";

    /// <summary>The message id; the same order enqueued twice has the same.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique in its pool, finished orders included.</summary>
    public required string IdempotencyKey { get; init; }
    public required Guid WorkPoolId { get; init; }
    public Guid? WorkQueueId { get; init; }
    public required string Kind { get; init; }
    public required RawJson Target { get; init; }
    public RawJson Data { get; init; } = RawJson.EmptyObject;

    /// <summary>How often it was handed to a worker.</summary>
    public int DeliveryCount { get; init; }
}
