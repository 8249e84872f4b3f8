namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueUpdate
{
    public Optional<string?> Name { get; set; }

    public Optional<string?> Description { get; set; }

    public Optional<bool> IsPaused { get; set; }

    public Optional<int?> ConcurrencyLimit { get; set; }

    public Optional<int?> Priority { get; set; }

    public Optional<DateTimeOffset?> LastPolled { get; set; }

    public Optional<QueueFilter?> Filter { get; set; }
}
