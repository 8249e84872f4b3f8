using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration;

/// <summary>What was loaded to decide a task run's transition.</summary>
public sealed record TaskRunFacts
{
    /// <summary>Nothing loaded, because nothing was needed.</summary>
    public static TaskRunFacts None { get; } = new();

    /// <summary>The needs these facts answer; more than asked for is fine.</summary>
    public FactNeeds Loaded { get; init; }

    /// <summary>The task's flow run; null if it is gone.</summary>
    public FlowRunFact? FlowRun { get; init; }

    /// <summary>
    /// The state the newest unexpired cache row of the proposed key points to, with its data; null if there is no such row
    /// or its state is gone.
    /// </summary>
    public State? CachedState { get; init; }

    /// <summary>The global limits named <c>tag:{tag}</c> for the task's tags.</summary>
    public IReadOnlyList<SlotLimit> TagLimits { get; init; } = [];

    /// <summary>The old per-tag rows for the task's tags, by tag.</summary>
    public IReadOnlyList<LegacyTagLimit> LegacyTagLimits { get; init; } = [];

    /// <summary>The leases whose holder is this task run, over the limits of its tags.</summary>
    public IReadOnlyList<SlotLease> HeldLeases { get; init; } = [];

    /// <summary>Timestamps of the run's stored states, if known; see <see cref="FlowRunFacts.TakenTimestamps"/>.</summary>
    public IReadOnlyCollection<DateTimeOffset> TakenTimestamps { get; init; } = [];
}
