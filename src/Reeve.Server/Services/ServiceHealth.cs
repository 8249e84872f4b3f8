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

    /// <summary>When the next pass begins unless something wakes it before; null while a pass runs.</summary>
    public DateTimeOffset? NextDue { get; init; }
}
