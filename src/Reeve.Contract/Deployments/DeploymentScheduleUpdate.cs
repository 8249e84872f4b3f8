using Reeve.Core;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentScheduleUpdate
{
    public Optional<bool?> Active { get; set; }

    public Optional<Schedule?> Schedule { get; set; }

    public Optional<int?> MaxScheduledRuns { get; set; }

    public Optional<RawJson> Parameters { get; set; }

    public Optional<string?> Slug { get; set; }

    public Optional<string?> Replaces { get; set; }
}
