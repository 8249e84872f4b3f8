namespace Reeve.Core.Orchestration;

/// <summary>
/// A task run's <c>empirical_policy</c>. <see cref="Retries"/> and <see cref="RetryDelay"/> fall back to the two
/// older fields whenever they are null, zero or empty. Property order is the order on the wire.
/// </summary>
public sealed record TaskRunPolicy
{
    /// <summary>The policy of a run that asks for nothing.</summary>
    public static TaskRunPolicy Empty { get; } = new();

    /// <summary>Older name of <see cref="Retries"/>.</summary>
    public int MaxRetries { get; init; }

    /// <summary>Older name of <see cref="RetryDelay"/>, in seconds.</summary>
    public double RetryDelaySeconds { get; init; }

    /// <summary>How often a failed run is run again; n allows n + 1 executions.</summary>
    public int? Retries { get => field is null or 0 && MaxRetries != 0 ? MaxRetries : field; init; }

    /// <summary>Delay before each retry, or one for all.</summary>
    public RetryDelay? RetryDelay
    {
        get => (field is null || field.IsZero) && RetryDelaySeconds != 0 ? new RetryDelay(RetryDelaySeconds) : field;
        init;
    }

    /// <summary>Spread of the delay, 0 or more; null for none.</summary>
    public double? RetryJitterFactor { get; init; }
}
