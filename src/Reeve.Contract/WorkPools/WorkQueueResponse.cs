namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueResponse
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public string? Description { get; set; } = "";

    public bool IsPaused { get; set; }

    public int? ConcurrencyLimit { get; set; }

    public int Priority { get; set; } = 1;

    public Guid? WorkPoolId { get; set; }

    public QueueFilter? Filter { get; set; }

    public DateTimeOffset? LastPolled { get; set; }

    public string? WorkPoolName { get; set; }

    public WorkQueueStatus? Status { get; set; }

    public int? ActiveSlots { get; set; }
}
