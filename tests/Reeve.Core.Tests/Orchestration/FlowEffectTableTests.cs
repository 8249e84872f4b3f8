using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>What a transition does besides storing its state, over every pair of states.</summary>
public class FlowEffectTableTests
{
    /// <summary>
    /// Slots of the deployment's limit for a run that took its slot: T taken, L its lease given back, N its lease renewed,
    /// E its lease kept without end. The id of the lease stands on the stored state, unless the run starts again.
    /// </summary>
    private const string Slots = """
        from        | SCH | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none        | .   | T   | .   | .   | .   | .   | .   | .   | .
        SCH due     | .   | T   | .   | .   | .   | .   | .   | .   | .
        SCH future  | .   | T   | .   | .   | .   | .   | .   | .   | .
        PEN         | L   | .   | N   | L   | L   | L   | L   | .   | .
        RUN         | L   | .   | .   | L   | L   | L   | L   | L   | .
        COM         | .   | T   | .   | .   | .   | .   | .   | .   | .
        COM result  | .   | .   | .   | .   | .   | .   | .   | .   | .
        FAI         | .   | T   | .   | .   | .   | .   | .   | .   | .
        CAN         | .   | .   | .   | .   | .   | .   | .   | .   | .
        CRA         | .   | T   | .   | .   | .   | .   | .   | .   | .
        PAU         | .   | .   | .   | .   | .   | .   | .   | .   | .
        CNG         | .   | .   | .   | .   | .   | L   | .   | .   | .
        """;

    private const string SlotsForced = """
        from        | SCH | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none        | .   | .   | .   | .   | .   | .   | .   | .   | .
        SCH due     | .   | .   | .   | .   | .   | .   | .   | .   | .
        SCH future  | .   | .   | .   | .   | .   | .   | .   | .   | .
        PEN         | L   | .   | .   | L   | L   | L   | L   | L   | .
        RUN         | L   | .   | .   | L   | L   | L   | L   | L   | .
        COM         | .   | .   | .   | .   | .   | .   | .   | .   | .
        COM result  | .   | .   | .   | .   | .   | .   | .   | .   | .
        FAI         | .   | .   | .   | .   | .   | .   | .   | .   | .
        CAN         | .   | .   | .   | .   | .   | .   | .   | .   | .
        CRA         | .   | .   | .   | .   | .   | .   | .   | .   | .
        PAU         | .   | .   | .   | .   | .   | .   | .   | .   | .
        CNG         | L   | .   | .   | L   | L   | L   | L   | L   | .
        """;

    /// <summary>
    /// The run's policy, which before was: resuming, one pause key, retried in its process. = as it was; r resuming, k the key,
    /// i or s retried in its process or by a schedule, + a further key, - nothing of all that.
    /// </summary>
    private const string Policy = """
        from        | SCH | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none        | =   | =   | ki  | ki  | ki  | ki  | ki  | =   | =
        SCH due     | =   | =   | ki  | ki  | ki  | ki  | ki  | =   | ki
        SCH future  | =   | =   | =   | ki  | ki  | ki  | ki  | =   | ki
        PEN         | =   | =   | ki  | ki  | ki  | ki  | ki  | =   | =
        RUN         | =   | =   | ki  | ki  | k   | ki  | ki  | rk+i | =
        COM         | s   | -   | -   | ki  | ki  | ki  | =   | =   | =
        COM result  | =   | =   | =   | =   | ki  | ki  | =   | =   | =
        FAI         | s   | -   | -   | ki  | ki  | ki  | =   | =   | =
        CAN         | s   | =   | -   | ki  | ki  | ki  | =   | =   | =
        CRA         | s   | -   | -   | ki  | ki  | ki  | =   | =   | =
        PAU         | rki | =   | ki  | ki  | ki  | ki  | ki  | =   | =
        CNG         | =   | =   | =   | =   | =   | ki  | =   | =   | =
        """;

    [Fact]
    public void Slots_are_taken_and_given_back() => CheckSlots(Slots, FlowRunPolicyKind.Core, Given.NewClient);

    [Fact]
    public void A_client_that_cannot_renew_keeps_its_slot_until_it_leaves() => CheckSlots(
        TransitionTable.Except(Slots, "PEN -> RUN CNG = E"), FlowRunPolicyKind.Core, ClientVersion.TryParse("3.4.10"));

    [Fact]
    public void The_first_workers_take_their_slot_themselves() => CheckSlots(
        TransitionTable.Except(Slots, "* -> PEN = .\nPEN -> RUN CNG = E"), FlowRunPolicyKind.Core, ClientVersion.TryParse("3.0.1"));

    [Fact]
    public void Force_takes_no_slot_and_gives_one_back() => CheckSlots(SlotsForced, FlowRunPolicyKind.Minimal, Given.NewClient);

    [Fact]
    public void Marking_late_neither_takes_nor_gives_slots() => CheckSlots(
        TransitionTable.Except(SlotsForced, "* -> * = ."), FlowRunPolicyKind.MarkLate, Given.NewClient);

    [Fact]
    public void A_lease_that_is_gone_gives_nothing_back() => CheckSlots(
        TransitionTable.Except(Slots, "PEN, RUN, CNG -> * = .\nPEN -> RUN = T"), FlowRunPolicyKind.Core, Given.NewClient, isLeaseGone: true);

    [Fact]
    public void A_run_that_holds_no_slot_gives_none_back() => CheckSlots(
        TransitionTable.Except(Slots, "PEN, RUN, CNG -> * = ."), FlowRunPolicyKind.Core, Given.NewClient, hasLease: false);

    /// <summary>A slot that a server kept a lease for in its memory is counted and nothing else is left of it.</summary>
    [Fact]
    public void A_lease_of_another_servers_memory_gives_its_counted_slot_back() => CheckSlots(
        TransitionTable.Except(
            Slots,
            """
            PEN -> SCH COM FAI CAN CRA = G
            PEN -> RUN = GT
            RUN -> SCH COM FAI CAN CRA PAU = G
            CNG -> CAN = G
            """),
        FlowRunPolicyKind.Core,
        Given.NewClient,
        isLeaseGone: true,
        leaseId: Guid.NewGuid());

    [Theory]
    [InlineData(null)]
    [InlineData("0.8.4")]
    public void The_policy_keeps_track_of_pauses_and_retries(string? api) => CheckPolicy(Policy, FlowRunPolicyKind.Core, api);

    [Fact]
    public void Callers_without_retries_in_their_process_change_the_policy_by_pauses_alone() => CheckPolicy(
        TransitionTable.Except(Policy, "* -> * = =\nRUN -> PAU = rk+i\nRUN -> FAI = rk"), FlowRunPolicyKind.Core, "0.8.3");

    [Fact]
    public void Force_ends_resuming_only() => CheckPolicy(
        TransitionTable.Except(Policy, "* -> * = =\n* -> RUN COM FAI CAN CRA = ki\nCOM result -> COM = =\nSCH due, SCH future -> CNG = ki"),
        FlowRunPolicyKind.Minimal,
        null);

    [Theory]
    [InlineData(null, "0.8.4")]
    [InlineData("0.8.3", "0.8.3")]
    public void A_retry_begins_with_a_new_policy_in_the_process(string? api, string gate) => Assert.Equal(
        gate == "0.8.4" ? "i" : "=",
        PolicyAfter("RUN", StateType.Failed, FlowRunPolicyKind.Core, api, retries: 1));

    private static void CheckSlots(
        string table,
        FlowRunPolicyKind policy,
        ClientVersion? client,
        bool isLeaseGone = false,
        bool hasLease = true,
        Guid? leaseId = null)
    {
        var context = Given.Context(client: client);
        var mismatches = TransitionTable.OtherEffects(table, (start, to) =>
        {
            var lease = new SlotLease { Id = leaseId ?? Guid.CreateVersion7(Given.Start), LimitIds = [Guid.NewGuid()] };
            var state = FlowTransitionTableTests.From(start);
            if (state is not null && hasLease)
            {
                state = state with { StateDetails = state.StateDetails with { DeploymentConcurrencyLeaseId = lease.Id } };
            }

            var decision = Given.FlowRun(state, deployed: true, runCount: 1).Propose(
                StateProposal.Create(to, context), Given.FlowFacts(Given.Limit(2, active: 1), isLeaseGone || !hasLease ? null : lease), context, policy);
            // Marking late leaves the id behind: a scheduled run holds no slot.
            if (policy != FlowRunPolicyKind.MarkLate) CheckLeaseId(state, decision, start, to);
            var told = string.Concat(decision.Slots.Select(static write => write switch
            {
                TakeSlots => 'T',
                ReleaseLease => 'L',
                GiveBackSlots => 'G',
                RenewLease { Ttl.TotalDays: > 1 } => 'E',
                RenewLease => 'N',
                _ => '?',
            }));
            return told.Length == 0 ? "." : told;
        });
        Assert.True(mismatches.Count == 0, string.Join('\n', mismatches));
    }

    /// <summary>An id on a state that occupies the deployment always means a slot that was taken under it.</summary>
    private static void CheckLeaseId(State? from, FlowRunDecision decision, string start, StateType to)
    {
        if (decision is not { Status: SetStateStatus.Accept, NewState: { } stored }) return;
        var taken = decision.Slots.OfType<TakeSlots>().SingleOrDefault()?.LeaseId;
        var occupied = from?.Type is StateType.Pending or StateType.Running or StateType.Cancelling;
        var occupies = stored.Type is StateType.Pending or StateType.Running or StateType.Cancelling;
        var expected = taken ?? (occupies && !occupied ? null : from?.StateDetails.DeploymentConcurrencyLeaseId);
        Assert.True(expected == stored.StateDetails.DeploymentConcurrencyLeaseId, $"{start} -> {to}: lease id");
    }

    private static void CheckPolicy(string table, FlowRunPolicyKind policy, string? api)
    {
        var mismatches = TransitionTable.OtherEffects(table, (start, to) => PolicyAfter(start, to, policy, api));
        Assert.True(mismatches.Count == 0, string.Join('\n', mismatches));
    }

    private static string PolicyAfter(string start, StateType to, FlowRunPolicyKind policy, string? api, int? retries = null)
    {
        var context = Given.Context(api: ApiVersion.TryParse(api, out var version) ? version : null);
        var before = new FlowRunPolicy { Resuming = true, PauseKeys = ["k"], RetryType = RetryType.InProcess, Retries = retries };
        var run = Given.FlowRun(FlowTransitionTableTests.From(start), deployed: true, before, runCount: 1);
        if (run.Propose(to, context: context, policy: policy).EmpiricalPolicy is not { } after) return "=";
        var retried = after.RetryType switch { RetryType.InProcess => "i", RetryType.Reschedule => "s", _ => "" };
        var told = (after.Resuming is true ? "r" : "") + (after.PauseKeys!.Contains("k") ? "k" : "") + (after.PauseKeys!.Count > 1 ? "+" : "") + retried;
        return told.Length == 0 ? "-" : told;
    }
}
