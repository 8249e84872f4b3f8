namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>Whom a lease was given to.</summary>
/// <param name="Type"><c>flow_run</c>, <c>task_run</c> or <c>deployment</c>.</param>
/// <param name="Id">The id of that object.</param>
public sealed record LeaseHolder(string Type, Guid Id)
{
    public static LeaseHolder FlowRun(Guid id) => new("flow_run", id);

    public static LeaseHolder TaskRun(Guid id) => new("task_run", id);
}
