namespace Reeve.Server.TaskRuns;

/// <summary>What makes a task run unique within its flow run.</summary>
internal readonly record struct TaskRunKey(Guid FlowRunId, string TaskKey, string DynamicKey);
