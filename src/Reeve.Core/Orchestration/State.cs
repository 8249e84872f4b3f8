namespace Reeve.Core.Orchestration;

/// <summary>One stored or proposed state of a run. Property order is the order on the wire.</summary>
public sealed record State
{
    /// <summary>Version 7 id made by the server.</summary>
    public required Guid Id { get; init; }

    public required StateType Type { get; init; }

    public required string Name { get; init; }

    /// <summary>When the state was proposed, by the server's clock, in whole microseconds.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    public string? Message { get; init; }

    /// <summary>The run's result or a reference to it; null where there is none.</summary>
    public RawJson? Data { get; init; }

    public StateDetails StateDetails { get => field ?? StateDetails.Empty; init; }
}
