using Reeve.Core;

namespace Reeve.Server.Deployments.Scheduling;

/// <summary>An active schedule of a deployment with all that goes into its runs, as it was read.</summary>
internal sealed record ScheduleSource
{
    public required Guid Id { get; init; }
    public required Guid DeploymentId { get; init; }
    public required Guid FlowId { get; init; }

    /// <summary>Which versions of the two rows this is: runs of an older version must not be inserted.</summary>
    public required DateTimeOffset Updated { get; init; }

    public required DateTimeOffset DeploymentUpdated { get; init; }
    public required RawJson Schedule { get; init; }
    public required RawJson Parameters { get; init; }
    public required RawJson DeploymentParameters { get; init; }
    public required RawJson Tags { get; init; }
    public required RawJson Labels { get; init; }
    public string? Slug { get; init; }
}
