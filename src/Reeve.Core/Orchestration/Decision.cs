using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration;

/// <summary>What a proposed state led to. Nothing is written unless <see cref="NewState"/> is set, save for <see cref="Slots"/>.</summary>
public abstract class Decision
{
    private protected Decision(Transition transition)
    {
        Status = transition.Status;
        Reason = transition.Reason;
        DelaySeconds = transition.DelaySeconds;
        NewState = transition.Proposed;
        Current = transition.Proposed ?? transition.Initial;
        Columns = transition.Proposed is null ? transition.InitialColumns : transition.Columns;
        Slots = transition.Slots ?? [];
        Artifact = transition.Artifact;
    }

    public SetStateStatus Status { get; }

    /// <summary>Why; null when accepted.</summary>
    public string? Reason { get; }

    /// <summary>Seconds to wait; null unless the status is wait.</summary>
    public int? DelaySeconds { get; }

    /// <summary>
    /// The state to store, which is not always the proposed one. Its data is what the answer echoes; the row keeps none and
    /// points to <see cref="Artifact"/> instead.
    /// </summary>
    public State? NewState { get; }

    /// <summary>The state that is current afterwards.</summary>
    public State? Current { get; }

    /// <summary>The run's columns afterwards.</summary>
    public RunColumns Columns { get; }

    /// <summary>Slots and leases to change, in this order, in the transaction that stores the state.</summary>
    public IReadOnlyList<SlotWrite> Slots { get; }

    /// <summary>The artifact to create for the new state's data.</summary>
    public ResultArtifact? Artifact { get; }
}
