using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>What every transition writes to the run's row and keeps of its state's details, over every pair of states.</summary>
public class BookkeepingTableTests
{
    /// <summary>
    /// The row of a run that ran for a minute before: S it started now, E it ended now, x its end is forgotten, n it is next due, c it is not due any more,
    /// t the time since its state is added to the time it ran, r one more execution. What is not named stays as it was.
    /// </summary>
    private const string Columns = """
        from    | SCH | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none    | n   | .   | Sr  | SE  | SE  | SE  | SE  | .   | .
        SCH due | n   | c   | Scr | SEc | SEc | SEc | SEc | c   | c
        PEN     | n   | .   | Sr  | SE  | SE  | SE  | SE  | .   | .
        RUN     | nt  | t   | tr  | Et  | Et  | Et  | Et  | t   | t
        COM     | xn  | x   | xr  | .   | .   | .   | .   | x   | x
        FAI     | xn  | x   | xr  | .   | .   | .   | .   | x   | x
        CAN     | xn  | x   | xr  | .   | .   | .   | .   | x   | x
        CRA     | xn  | x   | xr  | .   | .   | .   | .   | x   | x
        PAU     | n   | .   | r   | E   | E   | E   | E   | .   | .
        CNG     | n   | .   | r   | E   | E   | E   | E   | .   | .
        """;

    /// <summary>When the stored state is due: k as the state before, o as proposed, n now. Every state before has a time.</summary>
    private const string Due = """
        from       | SCH | PEN | RUN | COM | FAI | CAN | CRA | PAU | CNG
        none       | n   | .   | .   | .   | .   | .   | .   | .   | .
        SCH due    | n   | k   | .   | .   | .   | .   | .   | .   | .
        SCH future | n   | k   | .   | .   | .   | .   | .   | .   | .
        PEN        | n   | .   | .   | .   | .   | .   | .   | .   | .
        RUN        | n   | .   | .   | .   | .   | .   | .   | .   | .
        COM        | n   | .   | .   | .   | .   | .   | .   | .   | .
        FAI        | n   | .   | .   | .   | .   | .   | .   | .   | .
        CAN        | n   | .   | .   | .   | .   | .   | .   | .   | .
        CRA        | n   | .   | .   | .   | .   | .   | .   | .   | .
        PAU        | n   | .   | .   | .   | .   | .   | .   | .   | .
        CNG        | .   | .   | .   | .   | .   | .   | .   | .   | .
        """;

    [Fact]
    public void The_row_of_a_flow_run_follows_its_states() => Check(Columns, static (from, to) =>
    {
        var run = Given.FlowRun(FlowTransitionTableTests.From(from)) with { InfrastructurePid = "host:1" };
        run = run with { Columns = Before(run.State) };
        var told = Told(run.Columns, run.Propose(to, policy: FlowRunPolicyKind.Minimal).Columns);
        foreach (var policy in (FlowRunPolicyKind[])[FlowRunPolicyKind.Core, FlowRunPolicyKind.MarkLate])
        {
            var other = run.Propose(to, policy: policy);
            // To go on after a pause is no other execution.
            var expected = policy == FlowRunPolicyKind.Core && from == "PAU" && to == StateType.Running ? "." : told;
            if (other.NewState?.Type == to) Assert.Equal((policy, from, to, expected), (policy, from, to, Told(run.Columns, other.Columns)));
        }

        return told;
    });

    [Fact]
    public void The_row_of_a_task_run_follows_its_states() => Check(Columns, static (from, to) =>
    {
        var run = TaskTransitionTableTests.Run(from);
        run = run with { Columns = Before(run.State) };
        var proposed = StateProposal.Create(to, Given.Context());
        var told = Told(run.Columns, run.Propose(proposed, policy: TaskRunPolicyKind.Minimal).Columns);
        foreach (var policy in (TaskRunPolicyKind[])[TaskRunPolicyKind.Core, TaskRunPolicyKind.ClientSide, TaskRunPolicyKind.Background])
        {
            // What is run again from its end counts anew.
            var other = run.Propose(proposed, policy: policy);
            var columns = run.State?.Type.IsTerminal() == true && !to.IsTerminal() ? other.Columns with { RunCount = other.Columns.RunCount + 1 } : other.Columns;
            if (other.NewState?.Type == to) Assert.Equal((policy, from, to, told), (policy, from, to, Told(run.Columns, columns)));
        }

        return told;
    });

    [Fact]
    public void Every_policy_keeps_the_books()
    {
        var state = Given.State(StateType.Pending, at: Given.Now);
        var proposed = StateProposal.Create(StateType.Completed, Given.Context(), "Done", data: Given.Result);
        foreach (var policy in Enum.GetValues<FlowRunPolicyKind>())
        {
            var run = Given.FlowRun(state);
            var decision = (run with { Columns = run.Columns with { ExpectedStartTime = null } }).Propose(proposed, policy: policy);
            CheckBooks(decision);
            Assert.Equal((run.Id, run.Id), (decision.NewState!.StateDetails.FlowRunId!.Value, decision.Artifact!.FlowRunId!.Value));
        }

        foreach (var policy in Enum.GetValues<TaskRunPolicyKind>())
        {
            var run = Given.TaskRun(state);
            var decision = (run with { Columns = run.Columns with { ExpectedStartTime = null } }).Propose(proposed, policy: policy);
            CheckBooks(decision);
            Assert.Equal((run.Id, run.Id), (decision.NewState!.StateDetails.TaskRunId!.Value, decision.Artifact!.TaskRunId!.Value));
        }
    }

    [Fact]
    public void A_pending_flow_run_remembers_when_it_was_due() => Check(Due, static (from, to) => OfFlow(from, to, FlowRunPolicyKind.Core));

    [Fact]
    public void A_pending_task_run_remembers_when_it_was_due()
    {
        Check(TransitionTable.Except(Due, "CNG -> SCH = n"), static (from, to) => OfTask(from, to, TaskRunPolicyKind.Core));
        Check(TransitionTable.Except(Due, "CNG -> SCH = n"), static (from, to) => OfTask(from, to, TaskRunPolicyKind.ClientSide));
        Check(TransitionTable.Except(Due, "CNG -> SCH = n"), static (from, to) => OfTask(from, to, TaskRunPolicyKind.Background));
    }

    [Fact]
    public void What_is_forced_remembers_nothing()
    {
        const string forgotten = "SCH due, SCH future -> PEN = .\nCNG -> SCH = n";
        Check(TransitionTable.Except(Due, forgotten), static (from, to) => OfFlow(from, to, FlowRunPolicyKind.Minimal));
        Check(TransitionTable.Except(Due, forgotten), static (from, to) => OfTask(from, to, TaskRunPolicyKind.Minimal));
    }

    [Fact]
    public void A_proposed_time_is_kept()
    {
        var own = new StateDetails { ScheduledTime = Given.Now.AddDays(1) };
        foreach (var to in (StateType[])[StateType.Scheduled, StateType.Pending])
        {
            var proposed = StateProposal.Create(to, Given.Context(), details: own);
            Assert.Equal(own.ScheduledTime, Given.FlowRun(FlowTransitionTableTests.From("SCH due")).Propose(proposed).NewState!.StateDetails.ScheduledTime);
            Assert.Equal(own.ScheduledTime, TaskTransitionTableTests.Run("SCH due").Propose(proposed).NewState!.StateDetails.ScheduledTime);
        }
    }

    [Fact]
    public void The_state_names_its_runs()
    {
        var flowRun = Given.FlowRun(null);
        var (flow, task) = (flowRun.Propose(StateType.Pending), Given.TaskRun(null) with { FlowRunId = Guid.NewGuid() });
        Assert.Equal((flowRun.Id, null), (flow.NewState!.StateDetails.FlowRunId!.Value, flow.NewState.StateDetails.TaskRunId));
        var details = task.Propose(StateProposal.Create(StateType.Pending, Given.Context())).NewState!.StateDetails;
        Assert.Equal((task.FlowRunId, task.Id), (details.FlowRunId, details.TaskRunId!.Value));
    }

    private static void CheckBooks(Decision decision)
    {
        var (stored, columns) = (decision.NewState!, decision.Columns);
        Assert.Equal(Given.Now.AddMicroseconds(1), stored.Timestamp);
        Assert.Equal((stored.Type, stored.Name, stored.Timestamp), (columns.StateType!.Value, columns.StateName, columns.StateTimestamp!.Value));
        Assert.Equal(stored.Timestamp, columns.ExpectedStartTime);
    }

    private static RunColumns Before(State? state) => new()
    {
        StateType = state?.Type,
        StateName = state?.Name,
        StateTimestamp = state?.Timestamp,
        RunCount = 1,
        TotalRunTime = TimeSpan.FromMinutes(1),
        ExpectedStartTime = Given.Start.AddHours(-2),
        StartTime = state?.Type is null or StateType.Scheduled or StateType.Pending ? null : Given.Start.AddHours(-1),
        EndTime = state?.Type.IsTerminal() == true ? Given.Start : null,
        NextScheduledStartTime = state?.Type == StateType.Scheduled ? Given.Start : null,
    };

    private static string Told(RunColumns before, RunColumns after)
    {
        Assert.Equal(before.ExpectedStartTime, after.ExpectedStartTime);
        var told = Changed("S", before.StartTime, after.StartTime) + Changed("E", before.EndTime, after.EndTime).Replace('c', 'x')
            + Changed("n", before.NextScheduledStartTime, after.NextScheduledStartTime)
            + (after.TotalRunTime - before.TotalRunTime == Given.Now - Given.Start ? "t" : after.TotalRunTime == before.TotalRunTime ? "" : "?")
            + (after.RunCount == before.RunCount + 1 ? "r" : after.RunCount == before.RunCount ? "" : "?");
        return told.Length == 0 ? "." : told;
    }

    private static string Changed(string toNow, DateTimeOffset? before, DateTimeOffset? after) =>
        before == after ? "" : after == Given.Now ? toNow : after is null ? "c" : "?";

    private static string OfFlow(string from, StateType to, FlowRunPolicyKind policy)
    {
        var state = Timed(FlowTransitionTableTests.From(from));
        return When(state, Given.FlowRun(state, deployed: true).Propose(to, policy: policy).NewState);
    }

    private static string OfTask(string from, StateType to, TaskRunPolicyKind policy)
    {
        var run = TaskTransitionTableTests.Run(from);
        var state = Timed(run.State);
        return When(state, (run with { State = state }).Propose(StateProposal.Create(to, Given.Context()), policy: policy).NewState);
    }

    private static State? Timed(State? state) =>
        state is null or { Type: StateType.Scheduled } ? state : state with { StateDetails = state.StateDetails with { ScheduledTime = Given.Start } };

    private static string When(State? before, State? after) => after?.StateDetails.ScheduledTime is not { } at
        ? "." : at == before?.StateDetails.ScheduledTime ? "k" : at == Given.Now ? "n" : "?";

    private static void Check(string table, Func<string, StateType, string> effect)
    {
        var mismatches = TransitionTable.OtherEffects(table, effect);
        Assert.True(mismatches.Count == 0, string.Join('\n', mismatches));
    }
}
