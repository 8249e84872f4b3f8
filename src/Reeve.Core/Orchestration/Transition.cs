using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Orchestration;

/// <summary>The working copy of one decision: rules read and change it, nothing else sees it.</summary>
internal abstract class Transition
{
    protected Transition(State? initial, RunColumns columns, State proposed, TransitionContext context)
    {
        Initial = initial;
        Proposed = proposed;
        IntendedTo = proposed.Type;
        InitialColumns = columns;
        Columns = columns;
        Context = context;
    }

    public State? Initial { get; }

    /// <summary>The type the transition starts from, fixed for the whole decision.</summary>
    public StateType? From => Initial?.Type;

    /// <summary>The type first proposed, which chose the rules.</summary>
    public StateType IntendedTo { get; }

    /// <summary>The state to store; null once a rule decided to store nothing.</summary>
    public State? Proposed { get; set; }

    public TransitionContext Context { get; }

    public DateTimeOffset Now => Context.Now;

    public SetStateStatus Status { get; private set; }

    public string? Reason { get; private set; }

    public int? DelaySeconds { get; private set; }

    public RunColumns InitialColumns { get; }

    public RunColumns Columns { get; set; }

    public List<SlotWrite>? Slots { get; private set; }

    public ResultArtifact? Artifact { get; set; }

    /// <summary>Flow run and task run a result artifact belongs to.</summary>
    public abstract (Guid? FlowRunId, Guid? TaskRunId) ArtifactOwner { get; }

    /// <summary>Timestamps that states of this run already have.</summary>
    public abstract IReadOnlyCollection<DateTimeOffset> TakenTimestamps { get; }

    /// <summary>Stores another state, or the current one stays if <paramref name="state"/> is null.</summary>
    public void Reject(State? state, string reason)
    {
        Proposed = state;
        Status = SetStateStatus.Reject;
        Reason = reason;
        DelaySeconds = null;
    }

    public void Delay(int seconds, string reason)
    {
        Proposed = null;
        Status = SetStateStatus.Wait;
        Reason = reason;
        DelaySeconds = seconds;
    }

    public void Abort(string reason)
    {
        Proposed = null;
        Status = SetStateStatus.Abort;
        Reason = reason;
        DelaySeconds = null;
    }

    public void Rename(string name)
    {
        if (Proposed is { } proposed)
        {
            Proposed = proposed with { Name = name };
        }
    }

    public void Write(SlotWrite write) => (Slots ??= []).Add(write);

    /// <summary>Forgets slots that were to be taken, because the state they were for is not stored.</summary>
    public void ForgetTakenSlots() => Slots?.RemoveAll(static write => write is TakeSlots or GiveBackSlots or AddTagHolder);

    /// <summary>A state made by a rule, timestamped now.</summary>
    public State NewState(StateType type, string? name = null, string? message = null, RawJson? data = null, StateDetails? details = null) => new()
    {
        Id = Context.Source.NewStateId(Now),
        Type = type,
        Name = name ?? type.DefaultName(),
        Timestamp = Now,
        Message = message,
        Data = data,
        StateDetails = details ?? StateDetails.Empty,
    };
}
