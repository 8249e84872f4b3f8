namespace Reeve.Server.FlowRuns.Explain;

/// <summary>A worker of the run's pool.</summary>
/// <param name="Interval">Seconds between its heartbeats; 0 when it does not say.</param>
internal sealed record RunWorker(string Name, bool IsOnline, DateTimeOffset Heartbeat, int Interval);
