using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>
/// Each rule where it has something to say: the table of its policy with the cells that are its own, over every pair of states.
/// </summary>
public class FlowRuleTableTests
{
    private const string Core = FlowTransitionTableTests.WithDeployment;

    /// <summary>From where a slot is taken, without the starts that another rule refuses.</summary>
    private const string WithoutSlot = "none, SCH due, SCH future, SCH AwaitingRetry, COM, COM unpersisted, COM scalar, FAI, CRA, PAU, PAU timed out, PAU suspended";

    [Fact]
    public void A_transition_made_before_is_refused_from_every_state()
    {
        var id = Guid.NewGuid();
        const string table = "* -> * = R 5.2\nnone -> * = A\nnone -> PAU = X";
        Check(TransitionTable.Except(Core, table), details: (_, _) => new StateDetails { TransitionId = id }, from: state => state with
        {
            StateDetails = state.StateDetails with { TransitionId = id },
        });
        Check(FlowTransitionTableTests.Forced, FlowRunPolicyKind.Minimal, details: (_, _) => new StateDetails { TransitionId = id }, from: state => state with
        {
            StateDetails = state.StateDetails with { TransitionId = id },
        });
        Check(Core, details: (_, _) => new StateDetails { TransitionId = id }, from: static state => state with
        {
            StateDetails = state.StateDetails with { TransitionId = Guid.NewGuid() },
        });
    }

    [Theory]
    [InlineData(FlowRunPolicyKind.Core, Core)]
    [InlineData(FlowRunPolicyKind.Minimal, FlowTransitionTableTests.Forced)]
    public void A_scheduled_run_that_has_infrastructure_is_told_to_stop(FlowRunPolicyKind policy, string table)
    {
        static FlowRunSnapshot WithInfrastructure(FlowRunSnapshot run) => run with { InfrastructurePid = "host:1" };
        Check(table, policy, run: static run => run with { InfrastructurePid = "" });
        Check(TransitionTable.Except(table, "SCH due, SCH future, SCH AwaitingRetry -> CNG = A"), policy, run: WithInfrastructure);
        // One that goes on after a suspension has none that still runs, whatever its row says.
        Check(table, policy, run: WithInfrastructure, from: static state => state.Type == StateType.Scheduled ? state with { Name = "Resuming" } : state);
    }

    [Fact]
    public void A_run_whose_slot_went_to_another_while_it_was_prepared_is_cancelled()
    {
        var lease = Guid.CreateVersion7(Given.Start);
        State Holding(State state) => state with { StateDetails = state.StateDetails with { DeploymentConcurrencyLeaseId = lease } };
        var full = Given.FlowFacts(Given.Limit(1, active: 1));
        var taken = TransitionTable.Except(Core, $"PEN -> RUN = R>CAN 5.7\n{WithoutSlot} -> PEN = R>SCH 5.8");
        Check(taken, facts: full, from: Holding, client: "3.4.11");
        // Clients that cannot renew are not asked, forced states neither.
        Check(TransitionTable.Except(Core, $"{WithoutSlot} -> PEN = R>SCH 5.8"), facts: full, from: Holding, client: "3.4.10");
        Check(FlowTransitionTableTests.Forced, FlowRunPolicyKind.Minimal, facts: full, from: Holding, client: "3.4.11");
        // There is a slot again, or no limit.
        Check(Core, facts: Given.FlowFacts(Given.Limit(1)), from: Holding, client: "3.4.11");
        Check(Core, facts: Given.FlowFacts(), from: Holding, client: "3.4.11");
    }

    [Theory]
    [InlineData("full", "R>SCH 5.8[AwaitingConcurrencySlot]")]
    [InlineData("full and cancels", "R>CAN 5.8[Cancelled]")]
    [InlineData("zero", "X 5.8z")]
    [InlineData("gone", "X 5.8n")]
    [InlineData("free", "A")]
    [InlineData("switched off", "A")]
    public void Only_a_run_with_a_slot_becomes_pending(string limit, string expected)
    {
        var facts = limit switch
        {
            "full" => Given.FlowFacts(Given.Limit(2, active: 2)),
            "full and cancels" => Given.FlowFacts(Given.Limit(2, active: 2), strategy: CollisionStrategy.CancelNew),
            "zero" => Given.FlowFacts(Given.Limit(0)),
            "gone" => new FlowRunFacts { Loaded = FactNeeds.Deployment | FactNeeds.Lease },
            "free" => Given.FlowFacts(Given.Limit(2, active: 1)),
            _ => Given.FlowFacts(Given.Limit(2, active: 2, isActive: false)),
        };
        // A paused run that gets a slot does not become pending all the same.
        var paused = expected == "A" ? "\nPAU, PAU timed out, PAU suspended -> PEN = R 5.12" : "";
        Check(TransitionTable.Except(Core, $"{WithoutSlot} -> PEN = {expected}{paused}"), facts: facts);
        Check(FlowTransitionTableTests.Forced, FlowRunPolicyKind.Minimal, facts: facts);
        Check(Core, facts: facts, client: "3.0.0rc20");
        Check(Core, facts: facts, client: "3.0.3");
    }

    [Fact]
    public void A_client_marks_late_only_what_is_scheduled_and_once()
    {
        const string late = """
            *-none -> SCH = R 5.10
            SCH due, SCH future, SCH AwaitingRetry -> SCH = A[Late]
            COM result -> SCH = R 5.3r
            CNG -> SCH = R 5.4
            """;
        Check(TransitionTable.Except(Core, late), name: static to => to == StateType.Scheduled ? "Late" : null);
        Check("SCH Late | R 5.10t | A | A | A | A | A | A | R 5.11 | R>CAN 5.5a", name: static to => to == StateType.Scheduled ? "Late" : null);
    }

    [Fact]
    public void A_pause_that_fired_does_not_fire_again() => Check(
        TransitionTable.Except(Core, "RUN -> PAU = R 5.11f"),
        policyOf: new FlowRunPolicy { PauseKeys = ["k"] },
        details: static (_, to) => to == StateType.Paused ? new StateDetails { PauseKey = "k" } : null);

    [Fact]
    public void Only_a_run_that_comes_back_by_a_deployment_is_suspended()
    {
        const string verb = "SCH due, SCH future, SCH AwaitingRetry, PEN, PAU, PAU timed out, PAU suspended -> PAU = R 5.11v";
        static StateDetails? Suspend(State? from, StateType to) => to == StateType.Paused ? new StateDetails { PauseReschedule = true } : null;
        static string? Name(StateType to) => to == StateType.Paused ? "Suspended" : null;
        Check(TransitionTable.Except(Core, verb), details: Suspend, name: Name);
        Check(TransitionTable.Except(FlowTransitionTableTests.WithoutDeployment, $"{verb}\nRUN -> PAU = X 5.11d"), isDeployed: false, details: Suspend, name: Name);
        Check(TransitionTable.Except(Core, $"{verb}\nRUN -> PAU = X 5.11s"), details: Suspend, name: Name, run: static run => run with { ParentTaskRunId = Guid.NewGuid() });
    }

    [Fact]
    public void A_blocking_pause_asks_for_nothing_more()
    {
        Check(FlowTransitionTableTests.WithoutDeployment, isDeployed: false, run: static run => run with { ParentTaskRunId = Guid.NewGuid() });
        Check(Core, run: static run => run with { ParentTaskRunId = Guid.NewGuid() });
    }

    [Fact]
    public void Only_the_holder_of_a_claim_gives_it_another_name() => Check(
        TransitionTable.Except(Core, "PEN -> PEN = A[Submitting]"), name: static to => to == StateType.Pending ? "Submitting" : null);

    /// <summary>A result is only replaced by a result: whatever else stands in the state does not count as one.</summary>
    [Theory]
    [InlineData("""{"type":"result","key":"other"}""", true)]
    [InlineData("{}", true)]
    [InlineData("""{"type":"unpersisted"}""", false)]
    [InlineData("[1]", false)]
    [InlineData("\"text\"", false)]
    [InlineData("1", false)]
    [InlineData("true", false)]
    [InlineData("null", false)]
    public void A_result_is_not_lost(string data, bool isResult)
    {
        static State Filled(State state, string data) => state with { Data = RawJson.Parse(data) };
        foreach (var (table, policy) in new[] { (Core, FlowRunPolicyKind.Core), (FlowTransitionTableTests.Forced, FlowRunPolicyKind.Minimal) })
        {
            Check(isResult ? TransitionTable.Except(table, "COM result -> COM = A") : table, policy, proposed: state => Filled(state, data));
        }
    }

    [Fact]
    public void What_is_not_marked_late_is_not_cancelled_for_being_late() => Check(
        FlowTransitionTableTests.MarkLate.Replace("A[Late]", "A[Scheduled]", StringComparison.Ordinal).Replace("R 5.10t", "A", StringComparison.Ordinal).Replace("R 5.10", "A", StringComparison.Ordinal),
        FlowRunPolicyKind.MarkLate,
        facts: Given.FlowFacts(Given.Limit(1, active: 1), strategy: CollisionStrategy.CancelNew));

    /// <summary>Whether a deployment is full when a run is late is told by its count, whatever decay would leave of it.</summary>
    [Fact]
    public void Being_late_is_no_time_to_reckon_decay() => Check(
        TransitionTable.Except(FlowTransitionTableTests.MarkLate, "SCH due, SCH future, SCH AwaitingRetry -> SCH = R>CAN 5.19[Cancelled]"),
        FlowRunPolicyKind.MarkLate,
        facts: Given.FlowFacts(Given.Limit(1, active: 1, decay: 1), strategy: CollisionStrategy.CancelNew),
        name: static to => to == StateType.Scheduled ? "Late" : null);

    [Fact]
    public void A_pending_run_waits_for_its_time_too()
    {
        static State Tomorrow(State state) => state.Type == StateType.Pending
            ? state with { StateDetails = state.StateDetails with { ScheduledTime = Given.Now.AddDays(1) } }
            : state;
        Check(TransitionTable.Except(Core, "PEN -> RUN = W 5.14"), from: Tomorrow);
        Check(FlowTransitionTableTests.Forced, FlowRunPolicyKind.Minimal, from: Tomorrow);
    }

    [Theory]
    [InlineData(null, null, "A")]
    [InlineData(0, null, "A")]
    [InlineData(1, null, "R>SCH 5.15[AwaitingRetry]")]
    [InlineData(1, "0.8.2", "R>SCH 5.15[AwaitingRetry]")]
    [InlineData(1, "0.8.3", "R>SCH 5.15[AwaitingRetry]")]
    [InlineData(1, "0.8.4", "R>SCH 5.15[AwaitingRetry]")]
    public void A_failure_with_retries_left_is_scheduled_again(int? retries, string? api, string expected)
    {
        var policy = new FlowRunPolicy { Retries = retries };
        Check(TransitionTable.Except(Core, $"RUN -> FAI = {expected}"), policyOf: policy, api: api);
        Check(TransitionTable.Except(FlowTransitionTableTests.WithoutDeployment, $"RUN -> FAI = {expected}"), policyOf: policy, api: api, isDeployed: false);
        Check(FlowTransitionTableTests.Forced, FlowRunPolicyKind.Minimal, policyOf: policy, api: api);
    }

    [Theory]
    [InlineData(CollisionStrategy.CancelNew, 1, true, "R>CAN 5.19[Cancelled]")]
    [InlineData(CollisionStrategy.CancelNew, 0, true, "A[Late]")]
    [InlineData(CollisionStrategy.CancelNew, 1, false, "A[Late]")]
    [InlineData(CollisionStrategy.Enqueue, 1, true, "A[Late]")]
    public void A_late_run_without_a_place_in_line_is_cancelled(CollisionStrategy strategy, int active, bool isActive, string expected) => Check(
        TransitionTable.Except(FlowTransitionTableTests.MarkLate, $"SCH due, SCH future, SCH AwaitingRetry -> SCH = {expected}"),
        FlowRunPolicyKind.MarkLate,
        facts: Given.FlowFacts(Given.Limit(1, active, isActive: isActive), strategy: strategy),
        name: static to => to == StateType.Scheduled ? "Late" : null);

    private static void Check(
        string table,
        FlowRunPolicyKind policy = FlowRunPolicyKind.Core,
        bool isDeployed = true,
        FlowRunFacts? facts = null,
        FlowRunPolicy? policyOf = null,
        string? client = null,
        string? api = null,
        Func<State, State>? from = null,
        Func<FlowRunSnapshot, FlowRunSnapshot>? run = null,
        Func<State?, StateType, StateDetails?>? details = null,
        Func<StateType, string?>? name = null,
        Func<State, State>? proposed = null)
    {
        var context = Given.Context(api: ApiVersion.TryParse(api, out var version) ? version : null, client: client is null ? null : ClientVersion.TryParse(client));
        var mismatches = TransitionTable.Mismatches(
            table,
            (start, to) =>
            {
                var state = FlowTransitionTableTests.From(start) is { } known ? from?.Invoke(known) ?? known : null;
                var given = Given.FlowRun(state, isDeployed, policyOf, runCount: 1);
                given = run?.Invoke(given) ?? given;
                var asked = StateProposal.Create(to, context, name?.Invoke(to), details: details?.Invoke(state, to));
                asked = proposed?.Invoke(asked) ?? asked;
                var loaded = facts ?? (isDeployed ? Given.FlowFacts() : FlowRunFacts.None);
                return (given.Propose(asked, loaded with { Loaded = loaded.Loaded | FactNeeds.ParentTask | FactNeeds.FailedTasks }, context, policy), state);
            },
            FlowTransitionTableTests.Reasons);
        Assert.True(mismatches.Count == 0, string.Join('\n', mismatches));
    }
}
