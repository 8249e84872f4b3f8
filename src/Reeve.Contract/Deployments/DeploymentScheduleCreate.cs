using Reeve.Core;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentScheduleCreate
{
    public bool Active { get; set; } = true;

    public Schedule Schedule { get; set; } = null!;

    public int? MaxScheduledRuns { get; set; }

    public RawJson Parameters { get; set; } = RawJson.EmptyObject;

    public string? Slug { get; set; }

    public string? Replaces { get; set; }
}
