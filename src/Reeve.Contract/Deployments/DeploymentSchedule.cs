using Reeve.Core;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentSchedule
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public Guid? DeploymentId { get; set; }

    public Schedule Schedule { get; set; } = null!;

    public bool Active { get; set; } = true;

    public int? MaxScheduledRuns { get; set; }

    public RawJson Parameters { get; set; } = RawJson.EmptyObject;

    public string? Slug { get; set; }
}
