namespace Reeve.Server.TaskRuns;

/// <summary>A stored run as far as the recorder must know it.</summary>
internal sealed record StoredTaskRun(Guid Id, Guid? FlowRunId, string TaskKey, string DynamicKey, DateTimeOffset? StateTimestamp, Guid? StateId);
