namespace Reeve.Core.Orchestration;

/// <summary>A task run as it is before a transition: everything the rules read from its own row.</summary>
public sealed record TaskRunSnapshot
{
    public required Guid Id { get; init; }

    public Guid? FlowRunId { get; init; }

    /// <summary>The flow run's run count when this task run last ran.</summary>
    public int FlowRunRunCount { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public TaskRunPolicy EmpiricalPolicy { get; init; } = TaskRunPolicy.Empty;

    public RunColumns Columns { get; init; }

    /// <summary>The current state with its data resolved from its artifact; null before the first one.</summary>
    public State? State { get; init; }
}
