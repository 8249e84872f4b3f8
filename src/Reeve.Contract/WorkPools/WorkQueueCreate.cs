namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueCreate
{
    public string Name { get; set; } = "";

    public string? Description { get; set; } = "";

    public bool IsPaused { get; set; }

    public int? ConcurrencyLimit { get; set; }

    public int? Priority { get; set; }

    public QueueFilter? Filter { get; set; }
}
