namespace Reeve.Core.Orchestration;

/// <summary>A task run that a flow run's transition moves along, with the facts its own transition needs.</summary>
public sealed record TaskRunWithFacts(TaskRunSnapshot Run, TaskRunFacts Facts);
