using Reeve.Contract.WorkPools;

namespace Reeve.Server.WorkPools.Queues;

/// <summary>A work queue as it is answered, with the type of its pool.</summary>
internal sealed record WorkQueueRecord(WorkQueueResponse Wire, string PoolType)
{
    /// <summary>A queue that was polled within this time is alive.</summary>
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(60);

    public Guid Id => Wire.Id;

    public string Name => Wire.Name;

    public bool WasPolledRecently(DateTimeOffset now) => Wire.LastPolled is { } polled && now - polled <= Alive;
}
