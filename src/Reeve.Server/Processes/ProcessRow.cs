namespace Reeve.Server.Processes;

/// <summary>A process as the database knows it.</summary>
/// <param name="ClockSkew">How far its clock is before the database's, in seconds.</param>
/// <param name="Age">Time since it last said that it lives, by the database's clock.</param>
internal sealed record ProcessRow(ProcessInfo Info, double ClockSkew, DateTimeOffset Beat, TimeSpan Age)
{
    /// <summary>It has missed some beats: it is gone, cut off, or held still.</summary>
    public bool IsSilent => Age > ProcessBeats.Interval * 3;

    /// <summary>How it is called in sentences.</summary>
    public string Name => $"{Info.Host}/{Info.Pid} ({Info.Role})";
}
