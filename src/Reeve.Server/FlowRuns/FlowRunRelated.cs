using Reeve.Contract;

namespace Reeve.Server.FlowRuns;

/// <summary>The objects related to a flow run, by id and name; null where there is none.</summary>
internal sealed record FlowRunRelated
{
    public (Guid Id, string Name)? Flow { get; init; }

    public (Guid Id, string Name)? Deployment { get; init; }

    public (Guid Id, string Name)? WorkQueue { get; init; }

    public (Guid Id, string Name, string Type)? WorkPool { get; init; }

    public (Guid Id, string Name)? ParentTask { get; init; }

    /// <summary>Tags of the run, its flow, its deployment and its parent task run.</summary>
    public IEnumerable<string> Tags { get; init; } = [];

    public CreatedBy? CreatedBy { get; init; }
}
