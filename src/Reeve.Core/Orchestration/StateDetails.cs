namespace Reeve.Core.Orchestration;

/// <summary>
/// What a state carries besides type, name and message. A JSON document, not columns: its date-times keep
/// the offset they were written with. Property order is the order on the wire.
/// </summary>
public sealed record StateDetails
{
    /// <summary>Details with every key at its default.</summary>
    public static StateDetails Empty { get; } = new();

    public Guid? FlowRunId { get; init; }

    /// <summary>The task run; on a subflow's own states the parent task run.</summary>
    public Guid? TaskRunId { get; init; }

    /// <summary>On the parent task run's states: the subflow run it tracks.</summary>
    public Guid? ChildFlowRunId { get; init; }

    public DateTimeOffset? ScheduledTime { get; init; }

    public string? CacheKey { get; init; }

    /// <summary>Null: the cached result does not expire.</summary>
    public DateTimeOffset? CacheExpiration { get; init; }

    /// <summary>
    /// True selects the background-task policy. Absent means false, while a null that was sent comes back as null; an init accessor could
    /// not tell the two apart when read from JSON.
    /// </summary>
    public bool? Deferred { get; set; } = false;

    public bool UntrackableResult { get; init; }

    /// <summary>After this instant a paused run can no longer resume.</summary>
    public DateTimeOffset? PauseTimeout { get; init; }

    /// <summary>True: the run is suspended, its process ends and resuming schedules it anew.</summary>
    public bool PauseReschedule { get; init; }

    /// <summary>Names a pause so that it fires once.</summary>
    public string? PauseKey { get; init; }

    /// <summary>Keys of flow run inputs, by use: <c>schema</c>, <c>response</c>.</summary>
    public IReadOnlyDictionary<string, string>? RunInputKeyset { get; init; }

    /// <summary>True skips the cache look-up, not the insertion.</summary>
    public bool? RefreshCache { get; init; }

    /// <summary>Exactly false means a failure must not be retried.</summary>
    public bool? Retriable { get; init; }

    /// <summary>Chosen by the client; a second transition with the same value is refused.</summary>
    public Guid? TransitionId { get; init; }

    public Guid? TaskParametersId { get; init; }

    public string? Traceparent { get; init; }

    /// <summary>The lease under which the run took its deployment's slot. It stays on later states, so it does not prove a slot is held.</summary>
    public Guid? DeploymentConcurrencyLeaseId { get; init; }
}
