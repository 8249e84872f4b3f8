namespace Reeve.Server.FlowRuns.Explain;

/// <summary>A run that holds a slot.</summary>
internal sealed record RunHolder(Guid Id, string Name);
