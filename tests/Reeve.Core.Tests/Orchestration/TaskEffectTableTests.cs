using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>What a task run's transition does besides storing its state, over every pair of states and under every policy.</summary>
public class TaskEffectTableTests
{
    private const FactNeeds Everything = FactNeeds.FlowRun | FactNeeds.CachedState | FactNeeds.TagLimits | FactNeeds.HeldTagSlots;

    /// <summary>Slots of the tags: T taken of the limit, A of the old limit; L and R given back.</summary>
    private const string Slots = """
        from       | SCH | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none       | .   | .   | TA  | .   | .   | .   | .   | .   | .
        SCH due    | .   | .   | TA  | .   | .   | .   | .   | .   | .
        SCH future | .   | .   | .   | .   | .   | .   | .   | .   | .
        PEN        | .   | .   | TA  | .   | .   | .   | .   | .   | .
        RUN        | .   | .   | TA  | .   | .   | .   | .   | .   | .
        COM        | .   | .   | TA  | .   | .   | .   | .   | .   | .
        COM result | .   | .   | .   | .   | .   | .   | .   | .   | .
        FAI        | .   | .   | TA  | .   | .   | .   | .   | .   | .
        CAN        | .   | .   | TA  | .   | .   | .   | .   | .   | .
        CRA        | .   | .   | TA  | .   | .   | .   | .   | .   | .
        PAU        | .   | .   | TA  | .   | .   | .   | .   | .   | .
        CNG        | .   | .   | TA  | .   | .   | .   | .   | .   | .
        """;

    /// <summary>A task that holds its slots: any state but running and cancelling gives them back, whatever it was before.</summary>
    private const string HeldSlots = """
        * -> SCH PEN COM FAI CAN CRA PAU = LR
        * -> RUN CNG = .
        COM, FAI, CAN, CRA -> CRA PAU CNG = .
        COM result -> * = .
        """;

    /// <summary>What else is written: the count of its flow's executions (f), a cached result (c), a place in the queue of its key (q).</summary>
    private const string Writes = """
        from       | SCH | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none       | .   | .   | f   | c   | .   | .   | .   | .   | .
        SCH due    | .   | .   | f   | c   | .   | .   | .   | .   | .
        SCH future | .   | .   | .   | c   | .   | .   | .   | .   | .
        PEN        | .   | .   | f   | c   | .   | .   | .   | .   | .
        RUN        | .   | .   | f   | c   | .   | .   | .   | .   | .
        COM        | .   | .   | f   | c   | .   | .   | .   | .   | .
        COM result | .   | .   | .   | .   | .   | .   | .   | .   | .
        FAI        | .   | .   | f   | c   | .   | .   | .   | .   | .
        CAN        | .   | .   | f   | c   | .   | .   | .   | .   | .
        CRA        | .   | .   | f   | c   | .   | .   | .   | .   | .
        PAU        | .   | .   | f   | c   | .   | .   | .   | .   | .
        CNG        | .   | .   | f   | c   | .   | .   | .   | .   | .
        """;

    [Fact]
    public void Slots_are_taken_by_the_core_policy_alone()
    {
        CheckSlots(Slots, TaskRunPolicyKind.Core, holds: false);
        foreach (var policy in (TaskRunPolicyKind[])[TaskRunPolicyKind.ClientSide, TaskRunPolicyKind.Background, TaskRunPolicyKind.Minimal])
        {
            CheckSlots(TransitionTable.Except(Slots, "* -> RUN = ."), policy, holds: false);
        }
    }

    [Fact]
    public void Slots_are_given_back_under_every_policy()
    {
        CheckSlots(TransitionTable.Except(Slots, HeldSlots), TaskRunPolicyKind.Core, holds: true);
        CheckSlots(TransitionTable.Except(Slots, HeldSlots), TaskRunPolicyKind.ClientSide, holds: true);
        CheckSlots(TransitionTable.Except(Slots, $"{HeldSlots}\nPEN, RUN, CAN, CNG -> PEN = ."), TaskRunPolicyKind.Background, holds: true);
        CheckSlots(TransitionTable.Except(Slots, "* -> * = LR\n* -> RUN CNG = ."), TaskRunPolicyKind.Minimal, holds: true);
    }

    [Fact]
    public void Results_are_cached_and_background_tasks_queued()
    {
        const string queued = "*-COM result -> SCH = q";
        CheckWrites(Writes, TaskRunPolicyKind.Core);
        CheckWrites(Writes, TaskRunPolicyKind.ClientSide);
        CheckWrites(TransitionTable.Except(Writes, queued), TaskRunPolicyKind.Background);
        CheckWrites(Writes, TaskRunPolicyKind.Background, isDeferred: false);
        CheckWrites(TransitionTable.Except(Writes, "* -> * = ."), TaskRunPolicyKind.Minimal);
    }

    [Fact]
    public void A_retry_of_a_background_task_waits_in_its_own_lane()
    {
        var run = TaskTransitionTableTests.Run("RUN") with { EmpiricalPolicy = new TaskRunPolicy { Retries = 1 } };
        var awaiting = StateProposal.Create(StateType.Scheduled, Given.Context(), "AwaitingRetry", details: new StateDetails { Deferred = true });
        Assert.Equal(TaskQueueLane.Retry, run.Propose(awaiting, policy: TaskRunPolicyKind.Background).Enqueue);
        // The retry that a failure becomes is scheduled by its worker, which waits for it: the list of rules was chosen for the failure.
        var failed = run.Propose(StateProposal.Create(StateType.Failed, Given.Context()), policy: TaskRunPolicyKind.Background);
        Assert.Equal(("AwaitingRetry", (TaskQueueLane?)null), (failed.NewState!.Name, failed.Enqueue));
    }

    [Fact]
    public void A_background_task_keeps_its_parameters_until_it_runs()
    {
        var parameters = Guid.NewGuid();
        const string kept = "SCH due, PEN -> PEN RUN = k\nSCH future -> PEN = k\nPEN -> PEN = .";
        foreach (var policy in (TaskRunPolicyKind[])[TaskRunPolicyKind.Background, TaskRunPolicyKind.Core])
        {
            var table = TransitionTable.Except(Writes, policy == TaskRunPolicyKind.Background ? $"* -> * = .\n{kept}" : "* -> * = .");
            var mismatches = TransitionTable.OtherEffects(table, (start, to) =>
            {
                var run = TaskTransitionTableTests.Run(start);
                run = run with { State = run.State is { } state ? state with { StateDetails = state.StateDetails with { TaskParametersId = parameters } } : null };
                return run.Propose(StateProposal.Create(to, Given.Context()), policy: policy).NewState?.StateDetails.TaskParametersId == parameters ? "k" : ".";
            });
            Assert.True(mismatches.Count == 0, $"{policy}:\n{string.Join('\n', mismatches)}");
        }

        var own = new StateDetails { TaskParametersId = Guid.NewGuid() };
        var changed = Given.TaskRun(Given.State(StateType.Scheduled, details: new StateDetails { TaskParametersId = parameters }))
            .Propose(StateProposal.Create(StateType.Pending, Given.Context(), details: own), policy: TaskRunPolicyKind.Background);
        Assert.Equal(own.TaskParametersId, changed.NewState!.StateDetails.TaskParametersId);
    }

    private static void CheckSlots(string table, TaskRunPolicyKind policy, bool holds)
    {
        var mismatches = TransitionTable.OtherEffects(table, (start, to) =>
        {
            var run = TaskTransitionTableTests.Run(start) with { Tags = ["t", "old"] };
            var limit = Given.Limit(2, 1, "tag:t");
            var old = new LegacyTagLimit { Id = Guid.NewGuid(), Tag = "old", Limit = 2, Holders = holds ? [run.Id] : [Guid.NewGuid()] };
            var lease = new SlotLease { Id = Guid.NewGuid(), LimitIds = [limit.Id], Holder = LeaseHolder.TaskRun(run.Id) };
            var facts = new TaskRunFacts { Loaded = Everything, TagLimits = [limit], LegacyTagLimits = [old], HeldLeases = holds ? [lease] : [] };
            var told = string.Concat(run.Propose(StateProposal.Create(to, Given.Context()), facts, policy: policy).Slots.Select(static write => write switch
            {
                TakeSlots => 'T',
                AddTagHolder => 'A',
                ReleaseLease => 'L',
                RemoveTagHolder => 'R',
                _ => '?',
            }));
            return told.Length == 0 ? "." : told;
        });
        Assert.True(mismatches.Count == 0, $"{policy}:\n{string.Join('\n', mismatches)}");
    }

    private static void CheckWrites(string table, TaskRunPolicyKind policy, bool isDeferred = true)
    {
        var mismatches = TransitionTable.OtherEffects(table, (start, to) =>
        {
            var run = TaskTransitionTableTests.Run(start) with { FlowRunId = Guid.NewGuid() };
            var facts = new TaskRunFacts { Loaded = Everything, FlowRun = new FlowRunFact(Given.State(StateType.Running), 1) };
            var details = new StateDetails { CacheKey = "k", RefreshCache = true, Deferred = isDeferred && policy == TaskRunPolicyKind.Background };
            var decision = run.Propose(StateProposal.Create(to, Given.Context(), details: details), facts, policy: policy);
            var told = (decision.FlowRunRunCount is 1 ? "f" : "") + (decision.Cache is { Key: "k" } ? "c" : "") + (decision.Enqueue is TaskQueueLane.Scheduled ? "q" : "");
            return told.Length == 0 ? "." : told;
        });
        Assert.True(mismatches.Count == 0, $"{policy}:\n{string.Join('\n', mismatches)}");
    }
}
