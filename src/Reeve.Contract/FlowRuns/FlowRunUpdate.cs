using Reeve.Core;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunUpdate
{
    public Optional<string?> Name { get; set; }

    public Optional<string?> FlowVersion { get; set; }

    public Optional<RawJson> Parameters { get; set; }

    public Optional<FlowRunPolicy> EmpiricalPolicy { get; set; }

    public Optional<List<string>> Tags { get; set; }

    public Optional<string?> InfrastructurePid { get; set; }

    public Optional<RawJson> JobVariables { get; set; }
}
