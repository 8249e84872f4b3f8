using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>Each rule about task runs where it has something to say, over every pair of states and under every policy.</summary>
public class TaskRuleTableTests
{
    private const string Core = TaskTransitionTableTests.Core;
    private const string Background = TaskTransitionTableTests.Background;
    private const string Forced = TaskTransitionTableTests.Forced;
    private const FactNeeds Everything = FactNeeds.FlowRun | FactNeeds.CachedState | FactNeeds.TagLimits | FactNeeds.HeldTagSlots;

    private static readonly Guid FlowRunId = Guid.Parse("11111111-1111-4111-8111-111111111111");

    private static readonly TaskRunFacts Loaded = new() { Loaded = Everything };

    [Fact]
    public void A_cached_result_comes_before_everything_but_the_claim_of_a_background_task()
    {
        var facts = Loaded with { CachedState = Given.State(StateType.Completed, data: Given.Result) };
        static StateDetails Key(StateType to) => new() { CacheKey = "k" };
        const string cached = "* -> RUN = R>COM 6.1[Cached]";
        Check(TransitionTable.Except(Core, cached), TaskRunPolicyKind.Core, facts, details: Key);
        Check(TransitionTable.Except(Core, cached), TaskRunPolicyKind.ClientSide, facts, details: Key);
        Check(TransitionTable.Except(Background, cached), TaskRunPolicyKind.Background, facts, details: Key);
        Check(Forced, TaskRunPolicyKind.Minimal, facts, details: Key);
        Check(Core, TaskRunPolicyKind.Core, facts, details: static _ => new StateDetails { CacheKey = "k", RefreshCache = true });
        Check(Core, TaskRunPolicyKind.Core, facts, details: static _ => new StateDetails { CacheKey = "" });
    }

    [Theory]
    [InlineData(null, "X 6.3")]
    [InlineData(StateType.Scheduled, "X 6.3")]
    [InlineData(StateType.Pending, "X 6.3")]
    [InlineData(StateType.Completed, "X 6.3")]
    [InlineData(StateType.Failed, "X 6.3")]
    [InlineData(StateType.Cancelled, "X 6.3")]
    [InlineData(StateType.Crashed, "X 6.3")]
    [InlineData(StateType.Cancelling, "X 6.3")]
    [InlineData(StateType.Paused, "R>PAU 6.3p[NotReady]")]
    public void A_task_runs_only_while_its_flow_does(StateType? flow, string expected)
    {
        var facts = Loaded with { FlowRun = new FlowRunFact(flow is { } type ? Given.State(type) : null, 0) };
        static TaskRunSnapshot OfFlow(TaskRunSnapshot run) => run with { FlowRunId = FlowRunId };
        var stopped = TransitionTable.Except(Core, $"*-COM result-COM scalar -> RUN = {expected}");
        Check(stopped, TaskRunPolicyKind.Core, facts, OfFlow);
        Check(stopped, TaskRunPolicyKind.ClientSide, facts, OfFlow);
        // A background task has no flow that must run, and one that does says nothing against it.
        Check(Background, TaskRunPolicyKind.Background, facts, OfFlow);
        Check(Forced, TaskRunPolicyKind.Minimal, facts, OfFlow);
        Check(Core, TaskRunPolicyKind.Core, Loaded with { FlowRun = new FlowRunFact(Given.State(StateType.Running), 0) }, OfFlow);
        // It does not wait for a slot which it could not use.
        Check(stopped, TaskRunPolicyKind.Core, facts with { TagLimits = [Given.Limit(1, 1, "tag:t")] }, static run => OfFlow(run) with { Tags = ["t"] });
    }

    [Theory]
    [InlineData("full", "W 6.4")]
    [InlineData("zero", "X 6.4z")]
    [InlineData("old full", "W 6.4o")]
    [InlineData("old zero", "X 6.4z")]
    public void A_task_runs_only_with_the_slots_of_its_tags(string limit, string expected)
    {
        var old = new LegacyTagLimit { Id = Guid.NewGuid(), Tag = "t", Limit = 1, Holders = [Guid.NewGuid()] };
        var facts = limit switch
        {
            "full" => Loaded with { TagLimits = [Given.Limit(1, 1, "tag:t")] },
            "zero" => Loaded with { TagLimits = [Given.Limit(0, 0, "tag:t")] },
            "old full" => Loaded with { LegacyTagLimits = [old] },
            _ => Loaded with { LegacyTagLimits = [old with { Limit = 0 }] },
        };
        static TaskRunSnapshot Tagged(TaskRunSnapshot run) => run with { Tags = ["t"] };
        Check(TransitionTable.Except(Core, $"*-COM result-COM scalar -> RUN = {expected}"), TaskRunPolicyKind.Core, facts, Tagged);
        Check(Core, TaskRunPolicyKind.ClientSide, facts, Tagged);
        Check(Background, TaskRunPolicyKind.Background, facts, Tagged);
        Check(Forced, TaskRunPolicyKind.Minimal, facts, Tagged);
        Check(Core, TaskRunPolicyKind.Core, Loaded with { TagLimits = [Given.Limit(1, 1, "tag:t", isActive: false)] }, Tagged);
    }

    [Fact]
    public void A_failure_with_retries_left_is_scheduled_again()
    {
        const string retried = "RUN -> FAI = R>SCH 6.6[AwaitingRetry]";
        static TaskRunSnapshot WithRetries(TaskRunSnapshot run) => run with { EmpiricalPolicy = new TaskRunPolicy { Retries = 1 } };
        static StateDetails Never(StateType to) => new() { Retriable = false };
        foreach (var policy in (TaskRunPolicyKind[])[TaskRunPolicyKind.Core, TaskRunPolicyKind.ClientSide, TaskRunPolicyKind.Background])
        {
            var table = policy == TaskRunPolicyKind.Background ? Background : Core;
            Check(TransitionTable.Except(table, retried), policy, run: WithRetries);
            Check(table, policy, run: WithRetries, details: Never);
            const string exhausted = "SCH due, PEN, RUN, PAU, CNG -> RUN = A[Rerunning]";
            Check(TransitionTable.Except(table, exhausted), policy, run: WithRetries, runCount: 2);
        }

        Check(Forced, TaskRunPolicyKind.Minimal, run: WithRetries);
    }

    [Fact]
    public void A_task_that_ran_before_is_told_by_its_names()
    {
        const string again = """
            SCH due, PEN, RUN, PAU, CNG -> RUN = A[Rerunning]
            SCH AwaitingRetry -> RUN = A[Retrying]
            """;
        const string awaiting = "SCH AwaitingRetry | A | A | A | A | A | A | A | A | A";
        foreach (var policy in (TaskRunPolicyKind[])[TaskRunPolicyKind.Core, TaskRunPolicyKind.ClientSide, TaskRunPolicyKind.Background])
        {
            var table = policy == TaskRunPolicyKind.Background ? Background : Core;
            Check(TransitionTable.Except($"{table}\n{awaiting}", again), policy, runCount: 2);
        }

        // Run again with its flow, from its end: the count begins anew and the name tells why.
        var facts = Loaded with { FlowRun = new FlowRunFact(Given.State(StateType.Running), 3) };
        Check(
            TransitionTable.Except($"{Core}\n{awaiting}", $"{again}\nCOM, COM unpersisted, FAI, CAN, CRA -> RUN = A[Retrying]"),
            TaskRunPolicyKind.Core,
            facts,
            static run => run with { FlowRunId = FlowRunId, FlowRunRunCount = 2 },
            runCount: 2);
    }

    [Fact]
    public void A_cache_key_that_is_too_long_is_warned_of()
    {
        static StateDetails Long(StateType to) => new() { CacheKey = new string('k', 2001) };
        const string warned = "*-COM result-COM scalar -> COM = R>COM 6.9";
        Check(TransitionTable.Except(Core, warned), TaskRunPolicyKind.Core, details: Long);
        Check(TransitionTable.Except(Core, warned), TaskRunPolicyKind.ClientSide, details: Long);
        Check(TransitionTable.Except(Background, warned), TaskRunPolicyKind.Background, details: Long);
        Check(Forced, TaskRunPolicyKind.Minimal, details: Long);
    }

    private static void Check(
        string table,
        TaskRunPolicyKind policy,
        TaskRunFacts? facts = null,
        Func<TaskRunSnapshot, TaskRunSnapshot>? run = null,
        Func<StateType, StateDetails>? details = null,
        int? runCount = null)
    {
        var mismatches = TransitionTable.Mismatches(
            table,
            (from, to) =>
            {
                var context = Given.Context();
                var given = TaskTransitionTableTests.Run(from, runCount);
                given = run?.Invoke(given) ?? given;
                return (given.Propose(StateProposal.Create(to, context, details: details?.Invoke(to)), facts ?? Loaded, context, policy), given.State);
            },
            TaskTransitionTableTests.Reasons);
        Assert.True(mismatches.Count == 0, $"{policy}:\n{string.Join('\n', mismatches)}");
    }
}
