namespace Reeve.Contract.WorkPools;

public sealed class WorkerResponse
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public Guid WorkPoolId { get; set; }

    public DateTimeOffset? LastHeartbeatTime { get; set; }

    public int? HeartbeatIntervalSeconds { get; set; }

    public WorkerStatus Status { get; set; } = WorkerStatus.Offline;
}
