namespace Reeve.Contract.Deployments;

public sealed class DeploymentScheduleRunsRequest
{
    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public TimeSpan? MinTime { get; set; }

    public int? MinRuns { get; set; }

    public int? MaxRuns { get; set; }
}
