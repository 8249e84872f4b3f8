namespace Reeve.Data;

/// <summary>How it stands with the connections of this process.</summary>
/// <param name="Max">The most there may be.</param>
/// <param name="Busy">In use.</param>
/// <param name="Waiting">Callers that wait for one.</param>
/// <param name="Waits">How often a caller had to wait.</param>
/// <param name="TotalWait">Time spent waiting by all of them.</param>
/// <param name="LongestWait">The longest of these waits.</param>
/// <param name="GivenUp">How often a caller waited in vain.</param>
/// <param name="IsShared">A pooler hands the server's sessions out by the transaction; null while nobody knows.</param>
/// <param name="Listens">Wake-ups of other processes are heard; false: they are replaced by looking every second.</param>
public sealed record DbPoolState(
    int Max, int Busy, int Waiting, long Waits, TimeSpan TotalWait, TimeSpan LongestWait, long GivenUp, bool? IsShared, bool Listens);
