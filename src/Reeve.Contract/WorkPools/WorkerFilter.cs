namespace Reeve.Contract.WorkPools;

public sealed class WorkerFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public WorkerFilterLastHeartbeatTime? LastHeartbeatTime { get; set; }

    public WorkerFilterStatus? Status { get; set; }
}
