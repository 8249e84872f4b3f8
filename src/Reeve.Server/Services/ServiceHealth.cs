namespace Reeve.Server.Services;

/// <summary>What is known of a running service: a value that is replaced whole after each pass.</summary>
internal sealed record ServiceHealth
{
    /// <summary>Passes begun.</summary>
    public long Runs { get; init; }

    /// <summary>Things done over all passes.</summary>
    public long Items { get; init; }

    public long Failures { get; init; }

    /// <summary>Failures since the last pass that went well.</summary>
    public int FailuresInARow { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    public string? LastError { get; init; }

    public TimeSpan? LastDuration { get; init; }

    /// <summary>Time spent in passes.</summary>
    public TimeSpan TotalDuration { get; init; }

    /// <summary>Processor time of all passes; see <see cref="CpuMeter"/> for what is in it.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Time of all passes spent waiting for the database.</summary>
    public TimeSpan DatabaseTime { get; init; }

    /// <summary>Statements of all passes.</summary>
    public long Statements { get; init; }

    /// <summary>Round trips to the database of all passes.</summary>
    public long RoundTrips { get; init; }

    /// <summary>Things the last pass found to do and did not get done.</summary>
    public int Backlog { get; init; }

    /// <summary>Since when the oldest of those has been waiting.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>When the pass under way began; null between passes.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>The loop has ended although nobody stopped it.</summary>
    public bool Ended { get; init; }

    /// <summary>When the next pass begins unless something wakes it before; null while a pass runs.</summary>
    public DateTimeOffset? NextDue { get; init; }
}
