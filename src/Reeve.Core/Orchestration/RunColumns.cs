namespace Reeve.Core.Orchestration;

/// <summary>The columns of a run that a transition keeps up to date; the same for flow runs and task runs.</summary>
public readonly record struct RunColumns
{
    public StateType? StateType { get; init; }

    public string? StateName { get; init; }

    public DateTimeOffset? StateTimestamp { get; init; }

    /// <summary>How often the run entered running.</summary>
    public int RunCount { get; init; }

    public DateTimeOffset? ExpectedStartTime { get; init; }

    public DateTimeOffset? NextScheduledStartTime { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Time spent running, without the present stay in running.</summary>
    public TimeSpan TotalRunTime { get; init; }

    /// <summary>Time spent running up to <paramref name="now"/>.</summary>
    public TimeSpan EstimatedRunTime(DateTimeOffset now) =>
        StateType == Orchestration.StateType.Running && StateTimestamp is { } since ? TotalRunTime + (now - since) : TotalRunTime;

    /// <summary>How much later than expected the run started, or has not started until <paramref name="now"/>; zero when on time.</summary>
    public TimeSpan EstimatedStartTimeDelta(DateTimeOffset now)
    {
        if (ExpectedStartTime is not { } expected)
        {
            return TimeSpan.Zero;
        }

        if (StartTime is { } started)
        {
            return started > expected ? started - expected : TimeSpan.Zero;
        }

        var ended = StateType is { } type && type.IsTerminal();
        return expected < now && !ended ? now - expected : TimeSpan.Zero;
    }
}
