namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolFilterRequest
{
    public WorkPoolFilter? WorkPools { get; set; }

    public int Offset { get; set; }

    public int? Limit { get; set; }
}
