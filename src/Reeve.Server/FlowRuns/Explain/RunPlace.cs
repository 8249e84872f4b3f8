namespace Reeve.Server.FlowRuns.Explain;

/// <summary>A pool or queue that a run goes through.</summary>
/// <param name="Limit">How many runs it lets run at once; null for any number.</param>
/// <param name="Busy">How many do.</param>
internal sealed record RunPlace(string Name, bool IsPaused, int? Limit, int Busy)
{
    public bool IsFull => Busy >= Limit;
}
