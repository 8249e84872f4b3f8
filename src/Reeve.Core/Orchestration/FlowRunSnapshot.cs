namespace Reeve.Core.Orchestration;

/// <summary>A flow run as it is before a transition: everything the rules read from its own row.</summary>
public sealed record FlowRunSnapshot
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public Guid? DeploymentId { get; init; }

    /// <summary>Set on a subflow: the task run that tracks it.</summary>
    public Guid? ParentTaskRunId { get; init; }

    /// <summary>The process, container or job the run lives in; null or empty while there is none.</summary>
    public string? InfrastructurePid { get; init; }

    public FlowRunPolicy EmpiricalPolicy { get; init; } = FlowRunPolicy.Empty;

    public RunColumns Columns { get; init; }

    /// <summary>The current state with its data resolved from its artifact; null before the first one.</summary>
    public State? State { get; init; }
}
