namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolCountRequest
{
    public WorkPoolFilter? WorkPools { get; set; }
}
