namespace Reeve.Contract.WorkPools;

public sealed class WorkerHeartbeatRequest
{
    public string Name { get; set; } = "";

    public int? HeartbeatIntervalSeconds { get; set; }
}
