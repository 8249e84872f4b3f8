namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>Add the task run to the holders of a legacy tag limit. If that would exceed its limit by now, load and decide again.</summary>
public sealed record AddTagHolder(Guid LimitId, Guid TaskRunId) : SlotWrite;
