using Reeve.Core;

namespace Reeve.Contract.FlowRuns;

public sealed class GraphArtifact
{
    public Guid Id { get; set; }

    public DateTimeOffset Created { get; set; }

    public string? Key { get; set; }

    public string? Type { get; set; }

    public bool IsLatest { get; set; }

    public RawJson Data { get; set; }
}
