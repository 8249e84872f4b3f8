namespace Reeve.Core.Orchestration;

/// <summary>
/// A flow run's <c>empirical_policy</c>. <see cref="Retries"/> and <see cref="RetryDelay"/> fall back to the two
/// older fields whenever they are null or zero. Property order is the order on the wire.
/// </summary>
public sealed record FlowRunPolicy
{
    /// <summary>The policy of a run that asks for nothing.</summary>
    public static FlowRunPolicy Empty { get; } = new();

    /// <summary>Older name of <see cref="Retries"/>.</summary>
    public int MaxRetries { get; init; }

    /// <summary>Older name of <see cref="RetryDelay"/>, in seconds.</summary>
    public double RetryDelaySeconds { get; init; }

    /// <summary>How often a failed run is run again; n allows n + 1 executions.</summary>
    public int? Retries { get => field is null or 0 && MaxRetries != 0 ? MaxRetries : field; init; }

    /// <summary>Seconds between failure and retry.</summary>
    public int? RetryDelay { get => field is null or 0 && RetryDelaySeconds != 0 ? (int)RetryDelaySeconds : field; init; }

    /// <summary>Keys of the pauses that have fired; no duplicates, no order.</summary>
    public IReadOnlyList<string>? PauseKeys { get => field ?? []; init; }

    /// <summary>The run was resumed and its next entry into running is not a new execution.</summary>
    public bool? Resuming { get => field ?? false; init; }

    public RetryType? RetryType { get; init; }
}
