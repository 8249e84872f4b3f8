namespace Reeve.Server.WorkPools.Polling;

/// <summary>A deployment that somebody looks after, and whether that is news.</summary>
internal readonly record struct PolledDeployment(Guid Id, bool WasReady);
