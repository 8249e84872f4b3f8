using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

public class TaskTransitionTableTests
{
    internal const string Core = """
        from        | SCH | PEN | RUN            | COM | FAI | CAN | CRA   | PAU   | CNG
        none        | A   | A   | A[Running]     | A   | A   | A   | A     | A     | A
        SCH due     | A   | A   | A[Running]     | A   | A   | A   | A     | A     | A
        SCH future  | A   | A   | W 5.14         | A   | A   | A   | A     | A     | A
        PEN         | A   | A   | A[Running]     | A   | A   | A   | A     | A     | A
        RUN         | A   | A   | A[Rerunning]   | A   | A   | A   | A     | A     | A
        COM         | A   | A   | A[Running]     | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        COM result  | R 6.2r | R 6.2r | R 6.2r   | R 6.2r | R 6.2r | R 6.2r | X 6.2 | X 6.2 | X 6.2
        COM scalar  | R 6.2r | R 6.2r | R 6.2r   | R 6.2r | R 6.2r | R 6.2r | X 6.2 | X 6.2 | X 6.2
        COM unpersisted | A | A | A[Running]     | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        FAI         | A   | A   | A[Running]     | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        CAN         | A   | A   | A[Running]     | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        CRA         | A   | A   | A[Running]     | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        PAU         | A   | A   | A[Running]     | A   | A   | A   | A     | A     | A
        CNG         | A   | A   | A[Running]     | A   | A   | A   | A     | A     | A
        """;

    internal const string Background = """
        from        | SCH | PEN   | RUN          | COM | FAI | CAN | CRA   | PAU   | CNG
        none        | A   | A     | A[Running]   | A   | A   | A   | A     | A     | A
        SCH due     | A   | A     | A[Running]   | A   | A   | A   | A     | A     | A
        SCH future  | A   | A     | W 5.14       | A   | A   | A   | A     | A     | A
        PEN         | A   | X 5.6 | A[Running]   | A   | A   | A   | A     | A     | A
        RUN         | A   | X 5.6 | A[Rerunning] | A   | A   | A   | A     | A     | A
        COM         | A   | A     | A[Running]   | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        COM result  | R 6.2r | R 6.2r | R 6.2r   | R 6.2r | R 6.2r | R 6.2r | X 6.2 | X 6.2 | X 6.2
        COM scalar  | R 6.2r | R 6.2r | R 6.2r   | R 6.2r | R 6.2r | R 6.2r | X 6.2 | X 6.2 | X 6.2
        COM unpersisted | A | A   | A[Running]   | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        FAI         | A   | A     | A[Running]   | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        CAN         | A   | X 5.6 | A[Running]   | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        CRA         | A   | A     | A[Running]   | A   | A   | A   | X 6.2 | X 6.2 | X 6.2
        PAU         | A   | A     | A[Running]   | A   | A   | A   | A     | A     | A
        CNG         | A   | X 5.6 | A[Running]   | A   | A   | A   | A     | A     | A
        """;

    internal const string Forced = """
        from        | SCH | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none        | A   | A   | A   | A   | A   | A   | A   | A   | A
        SCH due     | A   | A   | A   | A   | A   | A   | A   | A   | A
        SCH future  | A   | A   | A   | A   | A   | A   | A   | A   | A
        PEN         | A   | A   | A   | A   | A   | A   | A   | A   | A
        RUN         | A   | A   | A   | A   | A   | A   | A   | A   | A
        COM         | A   | A   | A   | A   | A   | A   | A   | A   | A
        COM scalar  | A   | A   | A   | A   | A   | A   | A   | A   | A
        COM unpersisted | A | A | A   | A   | A   | A   | A   | A   | A
        COM result  | A   | A   | A   | A   | A   | A   | A   | A   | A
        FAI         | A   | A   | A   | A   | A   | A   | A   | A   | A
        CAN         | A   | A   | A   | A   | A   | A   | A   | A   | A
        CRA         | A   | A   | A   | A   | A   | A   | A   | A   | A
        PAU         | A   | A   | A   | A   | A   | A   | A   | A   | A
        CNG         | A   | A   | A   | A   | A   | A   | A   | A   | A
        """;

    internal static readonly Dictionary<string, string> Reasons = new()
    {
        ["5.6"] = "This run is in a {FROM} state and cannot transition to a PENDING state.",
        ["5.14"] = "Scheduled time is in the future",
        ["6.2"] = "Run is already {FROM}.",
        ["6.2r"] = "This run is already completed.",
        ["6.1"] = "Retrieved state from cache",
        ["6.3"] = "The enclosing flow must be running to begin task execution.",
        ["6.3p"] = "The flow is paused, new tasks can execute after resuming flow run: 11111111-1111-4111-8111-111111111111.",
        ["6.4"] = "Concurrency limit reached for tags: t",
        ["6.4o"] = "Concurrency limit for the t tag has been reached",
        ["6.4z"] = "The concurrency limit on tag \"t\" is 0 and will deadlock if the task tries to run again.",
        ["6.6"] = "Retrying",
        ["6.9"] = "Cache key exceeded maximum allowed length of 2000 characters.",
    };

    [Fact]
    public void Core_policy() => Check(Core, TaskRunPolicyKind.Core);

    [Fact]
    public void Client_side_policy() => Check(Core, TaskRunPolicyKind.ClientSide);

    [Fact]
    public void Background_policy() => Check(Background, TaskRunPolicyKind.Background);

    [Fact]
    public void Forced_states() => Check(Forced, TaskRunPolicyKind.Minimal);

    /// <summary>A task run in a starting state of the tables, which has run once where its state says so.</summary>
    internal static TaskRunSnapshot Run(string from, int? runCount = null)
    {
        var state = From(from);
        var isNew = state?.Type is null or StateType.Scheduled or StateType.Pending or StateType.Paused or StateType.Cancelling;
        return Given.TaskRun(state, runCount: runCount ?? (isNew ? 0 : 1));
    }

    private static void Check(string table, TaskRunPolicyKind policy)
    {
        var mismatches = TransitionTable.Mismatches(
            table,
            (from, to) =>
            {
                var context = Given.Context();
                var run = Run(from);
                return (run.Propose(StateProposal.Create(to, context), context: context, policy: policy), run.State);
            },
            Reasons);
        Assert.True(mismatches.Count == 0, string.Join('\n', mismatches));
    }

    private static State? From(string name) => name switch
    {
        "none" => null,
        "SCH due" => Given.State(StateType.Scheduled, details: new StateDetails { ScheduledTime = Given.Start }),
        "SCH AwaitingRetry" => Given.State(StateType.Scheduled, "AwaitingRetry", new StateDetails { ScheduledTime = Given.Start }),
        "SCH future" => Given.State(StateType.Scheduled, details: new StateDetails { ScheduledTime = Given.Now.AddHours(1) }),
        "COM result" => Given.State(StateType.Completed, data: Given.Result),
        "COM scalar" => Given.State(StateType.Completed, data: RawJson.Parse("[1]")),
        "COM unpersisted" => Given.State(StateType.Completed, data: RawJson.Parse("""{"type":"unpersisted"}""")),
        _ => Given.State(Array.Find(TransitionTable.Columns, column => column.Column == name).Type),
    };
}
