using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>Runs, states and facts for tests.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = Start.AddMinutes(10);
    public static readonly RawJson Result = RawJson.Parse("""{"type":"result","key":"abc"}""");
    public static readonly ClientVersion NewClient = ClientVersion.TryParse("3.6.0")!;

    public static TransitionContext Context(DateTimeOffset? now = null, ApiVersion? api = null, ClientVersion? client = null, int seed = 1) => new()
    {
        Now = now ?? Now,
        ApiVersion = api,
        ClientVersion = client,
        Source = new SeededSource(seed),
    };

    public static State State(
        StateType type,
        string? name = null,
        StateDetails? details = null,
        RawJson? data = null,
        DateTimeOffset? at = null,
        string? message = null) => new()
        {
            Id = Guid.NewGuid(),
            Type = type,
            Name = name ?? type.DefaultName(),
            Timestamp = at ?? Start,
            Message = message,
            Data = data,
            StateDetails = details ?? StateDetails.Empty,
        };

    public static FlowRunSnapshot FlowRun(State? state, bool deployed = false, FlowRunPolicy? policy = null, int runCount = 0) => new()
    {
        Id = Guid.NewGuid(),
        Name = "wise-owl",
        DeploymentId = deployed ? Guid.NewGuid() : null,
        EmpiricalPolicy = policy ?? FlowRunPolicy.Empty,
        State = state,
        Columns = Columns(state, runCount),
    };

    public static TaskRunSnapshot TaskRun(State? state, TaskRunPolicy? policy = null, int runCount = 0, params string[] tags) => new()
    {
        Id = Guid.NewGuid(),
        Tags = tags,
        EmpiricalPolicy = policy ?? TaskRunPolicy.Empty,
        State = state,
        Columns = Columns(state, runCount),
    };

    public static FlowRunFacts FlowFacts(SlotLimit? limit = null, SlotLease? lease = null, CollisionStrategy strategy = CollisionStrategy.Enqueue, int? grace = null) => new()
    {
        Loaded = FactNeeds.Deployment | FactNeeds.Lease,
        Deployment = new DeploymentFact { Limit = limit, CollisionStrategy = strategy, GracePeriodSeconds = grace },
        Lease = lease,
    };

    public static SlotLimit Limit(int limit, int active = 0, string name = "deployment:x", bool isActive = true, double decay = 0) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        Active = isActive,
        Limit = limit,
        ActiveSlots = active,
        SlotDecayPerSecond = decay,
        Updated = Start,
    };

    public static FlowRunDecision Propose(
        this FlowRunSnapshot run,
        State proposed,
        FlowRunFacts? facts = null,
        TransitionContext? context = null,
        FlowRunPolicyKind policy = FlowRunPolicyKind.Core) =>
        FlowRunOrchestration.Decide(
            run,
            proposed,
            policy,
            facts ?? (run.DeploymentId is null ? FlowRunFacts.None : FlowFacts()),
            context ?? Context());

    public static FlowRunDecision Propose(
        this FlowRunSnapshot run,
        StateType type,
        FlowRunFacts? facts = null,
        TransitionContext? context = null,
        FlowRunPolicyKind policy = FlowRunPolicyKind.Core) =>
        run.Propose(StateProposal.Create(type, context ?? Context()), facts, context, policy);

    public static FlowRunSnapshot After(this FlowRunSnapshot run, FlowRunDecision decision) => run with
    {
        State = decision.Current,
        Columns = decision.Columns,
        EmpiricalPolicy = decision.EmpiricalPolicy ?? run.EmpiricalPolicy,
    };

    public static TaskRunDecision Propose(
        this TaskRunSnapshot run,
        State proposed,
        TaskRunFacts? facts = null,
        TransitionContext? context = null,
        TaskRunPolicyKind policy = TaskRunPolicyKind.Core) =>
        TaskRunOrchestration.Decide(run, proposed, policy, facts ?? TaskRunFacts.None, context ?? Context());

    public static TaskRunSnapshot After(this TaskRunSnapshot run, TaskRunDecision decision) => run with
    {
        State = decision.Current,
        Columns = decision.Columns,
        FlowRunRunCount = decision.FlowRunRunCount ?? run.FlowRunRunCount,
    };

    private static RunColumns Columns(State? state, int runCount) => new()
    {
        StateType = state?.Type,
        StateName = state?.Name,
        StateTimestamp = state?.Timestamp,
        RunCount = runCount,
        ExpectedStartTime = state?.Timestamp,
        StartTime = runCount > 0 ? state?.Timestamp : null,
        EndTime = state?.Type.IsTerminal() == true ? state.Timestamp : null,
    };
}
