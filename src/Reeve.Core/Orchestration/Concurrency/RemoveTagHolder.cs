namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>Remove the task run from the holders of a legacy tag limit; fine if it is not among them.</summary>
public sealed record RemoveTagHolder(Guid LimitId, Guid TaskRunId) : SlotWrite;
