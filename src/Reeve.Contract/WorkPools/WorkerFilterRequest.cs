namespace Reeve.Contract.WorkPools;

public sealed class WorkerFilterRequest
{
    public WorkerFilter? Workers { get; set; }

    public int Offset { get; set; }

    public int? Limit { get; set; }
}
