using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

public class FlowTransitionTableTests
{
    internal const string WithoutDeployment = """
        from               | SCH   | PEN   | RUN           | COM           | FAI           | CAN           | CRA           | PAU    | CNG
        none               | A     | A     | A             | A             | A             | A             | A             | X      | A
        SCH due            | A     | A     | A             | A             | A             | A             | A             | R 5.11 | R>CAN 5.5a
        SCH future         | A     | A     | W 5.14        | A             | A             | A             | A             | R 5.11 | R>CAN 5.5a
        SCH AwaitingRetry  | A     | A     | A             | A             | A             | A             | A             | R 5.11 | R>CAN 5.5a
        PEN                | A     | X 5.6 | A             | A             | A             | A             | A             | R 5.11 | A
        RUN                | A     | X 5.6 | A             | A             | A             | A             | A             | A      | A
        COM                | X 5.3s| A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        COM result         | R 5.3r| R 5.3r| R 5.3r        | R 5.3o        | A             | A             | X 5.3         | X 5.3  | X 5.3
        COM unpersisted    | X 5.3s| A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        COM scalar         | X 5.3s| A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        FAI                | X 5.3s| A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        CAN                | X 5.3s| X 5.6 | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        CRA                | X 5.3s| A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        PAU                | A     | R 5.12| A             | A             | A             | A             | A             | R 5.11 | R 5.12
        PAU timed out      | R>FAI 5.12t | R 5.12 | R>FAI 5.12t | R>FAI 5.12t | R>FAI 5.12t | R>FAI 5.12t | R>FAI 5.12t | R 5.11 | R 5.12
        PAU suspended      | R 5.12d | R 5.12 | R 5.12d     | R 5.12d       | R 5.12d       | R 5.12d       | R 5.12d       | R 5.11 | R>CAN 5.5b
        CNG                | R 5.4 | R 5.4 | R 5.4         | R 5.4         | R 5.4         | A             | R 5.4         | R 5.4  | R 5.4
        """;

    internal const string WithDeployment = """
        from               | SCH   | PEN   | RUN           | COM           | FAI           | CAN           | CRA           | PAU    | CNG
        none               | A     | A     | A             | A             | A             | A             | A             | X      | A
        SCH due            | A     | A     | A             | A             | A             | A             | A             | R 5.11 | R>CAN 5.5a
        SCH future         | A     | A     | W 5.14        | A             | A             | A             | A             | R 5.11 | R>CAN 5.5a
        SCH AwaitingRetry  | A     | A     | A             | A             | A             | A             | A             | R 5.11 | R>CAN 5.5a
        PEN                | A     | X 5.6 | A             | A             | A             | A             | A             | R 5.11 | A
        RUN                | A     | X 5.6 | A             | A             | A             | A             | A             | A      | A
        COM                | A     | A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        COM result         | R 5.3r| R 5.3r| R 5.3r        | R 5.3o        | A             | A             | X 5.3         | X 5.3  | X 5.3
        COM unpersisted    | A     | A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        COM scalar         | A     | A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        FAI                | A     | A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        CAN                | A     | X 5.6 | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        CRA                | A     | A     | A             | A             | A             | A             | X 5.3         | X 5.3  | X 5.3
        PAU                | A     | R 5.12| A             | A             | A             | A             | A             | R 5.11 | R 5.12
        PAU timed out      | R>FAI 5.12t | R 5.12 | R>FAI 5.12t | R>FAI 5.12t | R>FAI 5.12t | R>FAI 5.12t | R>FAI 5.12t | R 5.11 | R 5.12
        PAU suspended      | A     | R 5.12| A             | A             | A             | A             | A             | R 5.11 | R>CAN 5.5b
        CNG                | R 5.4 | R 5.4 | R 5.4         | R 5.4         | R 5.4         | A             | R 5.4         | R 5.4  | R 5.4
        """;

    internal const string Forced = """
        from               | SCH | PEN | RUN | COM    | FAI | CAN | CRA | PAU | CNG
        none               | A   | A   | A   | A      | A   | A   | A   | A   | A
        SCH due            | A   | A   | A   | A      | A   | A   | A   | A   | R>CAN 5.5a
        SCH future         | A   | A   | A   | A      | A   | A   | A   | A   | R>CAN 5.5a
        SCH AwaitingRetry  | A   | A   | A   | A      | A   | A   | A   | A   | R>CAN 5.5a
        PEN                | A   | A   | A   | A      | A   | A   | A   | A   | A
        RUN                | A   | A   | A   | A      | A   | A   | A   | A   | A
        COM                | A   | A   | A   | A      | A   | A   | A   | A   | A
        COM result         | A   | A   | A   | R 5.3o | A   | A   | A   | A   | A
        COM unpersisted    | A   | A   | A   | A      | A   | A   | A   | A   | A
        COM scalar         | A   | A   | A   | A      | A   | A   | A   | A   | A
        FAI                | A   | A   | A   | A      | A   | A   | A   | A   | A
        CAN                | A   | A   | A   | A      | A   | A   | A   | A   | A
        CRA                | A   | A   | A   | A      | A   | A   | A   | A   | A
        PAU                | A   | A   | A   | A      | A   | A   | A   | A   | A
        PAU timed out      | A   | A   | A   | A      | A   | A   | A   | A   | A
        PAU suspended      | A   | A   | A   | A      | A   | A   | A   | A   | R>CAN 5.5b
        CNG                | A   | A   | A   | A      | A   | A   | A   | A   | A
        """;

    internal const string MarkLate = """
        from      | SCH     | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none      | A[Late] | A   | A   | A   | A   | A   | A   | A   | A
        SCH due   | A[Late] | A   | A   | A   | A   | A   | A   | A   | A
        SCH future | A[Late] | A  | A   | A   | A   | A   | A   | A   | A
        SCH AwaitingRetry | A[Late] | A | A | A | A | A   | A   | A   | A
        SCH Late  | R 5.10t | A   | A   | A   | A   | A   | A   | A   | A
        PEN       | R 5.10  | A   | A   | A   | A   | A   | A   | A   | A
        RUN       | R 5.10  | A   | A   | A   | A   | A   | A   | A   | A
        COM       | R 5.10  | A   | A   | A   | A   | A   | A   | A   | A
        COM result | R 5.10 | A   | A   | A   | A   | A   | A   | A   | A
        FAI       | R 5.10  | A   | A   | A   | A   | A   | A   | A   | A
        CAN       | R 5.10  | A   | A   | A   | A   | A   | A   | A   | A
        CRA       | R 5.10  | A   | A   | A   | A   | A   | A   | A   | A
        PAU       | R 5.10  | A   | A   | A   | A   | A   | A   | A   | A
        PAU suspended | R 5.10 | A | A  | A   | A   | A   | A   | A   | A
        CNG       | R 5.10  | A   | A   | A   | A   | A   | A   | A   | A
        """;

    internal static readonly Dictionary<string, string> Reasons = new()
    {
        ["5.2"] = "This run has already made this state transition.",
        ["5.3"] = "Run is already in terminal state {FROM}.",
        ["5.3r"] = "Run is already COMPLETED.",
        ["5.3o"] = "Cannot overwrite a COMPLETED state that carries persisted result data with one that does not.",
        ["5.3s"] = "Cannot reschedule a run without an associated deployment.",
        ["5.4"] = "Cannot transition flows that are cancelling to a state other than Cancelled.",
        ["5.5a"] = "Scheduled flow run has no infrastructure to terminate.",
        ["5.5b"] = "Suspended flow run has no infrastructure to terminate.",
        ["5.6"] = "This run is in a {FROM} state and cannot transition to a PENDING state.",
        ["5.7"] = "Deployment concurrency limit reached after lease expiry.",
        ["5.8"] = "Deployment concurrency limit reached.",
        ["5.8n"] = "Deployment not found.",
        ["5.8z"] = "The deployment concurrency limit is 0. The flow will deadlock if submitted again.",
        ["5.10"] = "Only scheduled flows can be marked late.",
        ["5.10t"] = "This flow run is already marked late.",
        ["5.11"] = "Cannot pause flows that are not currently running.",
        ["5.11d"] = "Cannot suspend flows without a deployment.",
        ["5.11f"] = "This pause has already fired.",
        ["5.11s"] = "Cannot suspend subflows.",
        ["5.11v"] = "Cannot suspend flows that are not currently running.",
        ["5.12"] = "This run cannot transition to the StateType.{TO} state from the StateType.PAUSED state.",
        ["5.12d"] = "Cannot reschedule a {to} flow run without a deployment.",
        ["5.12t"] = "The flow run pause has timed out and can no longer resume.",
        ["5.14"] = "Scheduled time is in the future",
        ["5.15"] = "Retrying",
        ["5.19"] = "Deployment concurrency limit is full and uses the CANCEL_NEW strategy.",
    };

    [Fact]
    public void Core_policy_without_a_deployment() => Check(WithoutDeployment, FlowRunPolicyKind.Core, isDeployed: false);

    [Fact]
    public void Core_policy_with_a_deployment() => Check(WithDeployment, FlowRunPolicyKind.Core, isDeployed: true);

    [Fact]
    public void Forced_states_without_a_deployment() => Check(Forced, FlowRunPolicyKind.Minimal, isDeployed: false);

    [Fact]
    public void Forced_states_with_a_deployment() => Check(Forced, FlowRunPolicyKind.Minimal, isDeployed: true);

    [Fact]
    public void Marking_late_without_a_deployment() => Check(MarkLate, FlowRunPolicyKind.MarkLate, isDeployed: false);

    [Fact]
    public void Marking_late_with_a_deployment() => Check(MarkLate, FlowRunPolicyKind.MarkLate, isDeployed: true);

    private static void Check(string table, FlowRunPolicyKind policy, bool isDeployed)
    {
        var mismatches = TransitionTable.Mismatches(
            table,
            (from, to) =>
            {
                var context = Given.Context();
                var run = Given.FlowRun(From(from), isDeployed, runCount: 1);
                var isLate = policy == FlowRunPolicyKind.MarkLate && to == StateType.Scheduled;
                var proposed = StateProposal.Create(to, context, isLate ? "Late" : null);
                return (run.Propose(proposed, context: context, policy: policy), run.State);
            },
            Reasons);
        Assert.True(mismatches.Count == 0, string.Join('\n', mismatches));
    }

    internal static State? From(string name) => name switch
    {
        "none" => null,
        "SCH due" => Given.State(StateType.Scheduled, details: new StateDetails { ScheduledTime = Given.Start }),
        "SCH future" => Given.State(StateType.Scheduled, details: new StateDetails { ScheduledTime = Given.Now.AddHours(1) }),
        "SCH AwaitingRetry" => Given.State(StateType.Scheduled, "AwaitingRetry", new StateDetails { ScheduledTime = Given.Start }),
        "SCH Late" => Given.State(StateType.Scheduled, "Late", new StateDetails { ScheduledTime = Given.Start }),
        "COM result" => Given.State(StateType.Completed, data: Given.Result),
        "COM unpersisted" => Given.State(StateType.Completed, data: RawJson.Parse("""{"type":"unpersisted"}""")),
        "COM scalar" => Given.State(StateType.Completed, data: RawJson.Parse("42")),
        "PAU" => Given.State(StateType.Paused, details: new StateDetails { PauseTimeout = Given.Now.AddHours(1) }),
        "PAU timed out" => Given.State(StateType.Paused, details: new StateDetails { PauseTimeout = Given.Start }),
        "PAU suspended" => Given.State(
            StateType.Paused,
            "Suspended",
            new StateDetails { PauseTimeout = Given.Now.AddHours(1), PauseReschedule = true }),
        _ => Given.State(Array.Find(TransitionTable.Columns, column => column.Column == name).Type),
    };
}
