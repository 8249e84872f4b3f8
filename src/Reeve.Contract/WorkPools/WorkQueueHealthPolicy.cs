namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueHealthPolicy
{
    public int? MaximumLateRuns { get; set; }

    public int? MaximumSecondsSinceLastPolled { get; set; } = 60;
}
