using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

public class BookkeepingTests
{
    [Fact]
    public void Two_states_of_a_run_never_share_a_timestamp()
    {
        var run = Given.FlowRun(Given.State(StateType.Pending, at: Given.Now));
        Assert.Equal(Given.Now.AddMicroseconds(1), run.Propose(StateType.Running).NewState!.Timestamp);

        var facts = new FlowRunFacts { TakenTimestamps = [Given.Now.AddMicroseconds(1)] };
        var decision = run.Propose(StateType.Running, facts);
        Assert.Equal(Given.Now.AddMicroseconds(2), decision.NewState!.Timestamp);
        Assert.Equal(decision.NewState.Timestamp, decision.Columns.StateTimestamp);
    }

    [Fact]
    public void The_expected_start_is_set_once_in_utc_and_the_details_keep_their_offset()
    {
        var scheduled = new DateTimeOffset(2026, 11, 24, 1, 30, 0, TimeSpan.FromHours(-4));
        var proposed = StateProposal.Create(StateType.Scheduled, Given.Context(), details: new StateDetails { ScheduledTime = scheduled });
        var decision = Given.FlowRun(null).Propose(proposed);

        Assert.Equal(TimeSpan.Zero, decision.Columns.ExpectedStartTime!.Value.Offset);
        Assert.Equal(scheduled, decision.Columns.NextScheduledStartTime);
        Assert.Equal(TimeSpan.FromHours(-4), decision.NewState!.StateDetails.ScheduledTime!.Value.Offset);
        Assert.Equal(scheduled, decision.Columns.ExpectedStartTime);
    }

    [Fact]
    public void The_end_is_forgotten_when_a_run_starts_again_and_kept_when_it_ends_otherwise()
    {
        var run = Given.FlowRun(Given.State(StateType.Failed), runCount: 1);

        Assert.Null(run.Propose(StateType.Running).Columns.EndTime);
        Assert.Equal(Given.Start, run.Propose(StateType.Completed).Columns.EndTime);
    }

    [Fact]
    public void A_run_that_ends_without_running_starts_and_ends_at_once()
    {
        var columns = Given.FlowRun(Given.State(StateType.Pending)).Propose(StateType.Cancelled).Columns;

        Assert.Equal((Given.Now, Given.Now), (columns.StartTime!.Value, columns.EndTime!.Value));
    }

    [Fact]
    public void The_parent_task_mirrors_its_subflow()
    {
        var parent = Given.TaskRun(Given.State(StateType.Pending)) with { FlowRunId = Guid.NewGuid() };
        var run = Given.FlowRun(Given.State(StateType.Running)) with { ParentTaskRunId = parent.Id };
        var facts = new FlowRunFacts { Loaded = FactNeeds.ParentTask, ParentTask = new TaskRunWithFacts(parent, TaskRunFacts.None) };
        var decision = run.Propose(StateProposal.Create(StateType.Completed, Given.Context(), "Done", "fine", Given.Result), facts);

        var mirrored = decision.ParentTask!.NewState!;
        Assert.Equal(("Done", "fine", run.Id), (mirrored.Name, mirrored.Message, mirrored.StateDetails.ChildFlowRunId!.Value));
        Assert.Equal((parent.FlowRunId, parent.Id), (mirrored.StateDetails.FlowRunId, mirrored.StateDetails.TaskRunId!.Value));
        Assert.NotEqual(decision.NewState!.Id, mirrored.Id);
        Assert.Equal(parent.Id, decision.NewState.StateDetails.TaskRunId);
        Assert.Equal((parent.FlowRunId, parent.Id), (decision.ParentTask.Artifact!.FlowRunId, decision.ParentTask.Artifact.TaskRunId!.Value));
    }

    [Fact]
    public void Run_time_and_lateness_are_estimated_at_reading()
    {
        var columns = new RunColumns
        {
            StateType = StateType.Running,
            StateTimestamp = Given.Start,
            TotalRunTime = TimeSpan.FromSeconds(5),
            ExpectedStartTime = Given.Start,
        };

        Assert.Equal(TimeSpan.FromSeconds(605), columns.EstimatedRunTime(Given.Now));
        Assert.Equal(TimeSpan.FromMinutes(10), columns.EstimatedStartTimeDelta(Given.Now));
        Assert.Equal(TimeSpan.FromSeconds(2), (columns with { StartTime = Given.Start.AddSeconds(2) }).EstimatedStartTimeDelta(Given.Now));
        Assert.Equal(TimeSpan.Zero, (columns with { StateType = StateType.Cancelled }).EstimatedStartTimeDelta(Given.Now));
    }

    [Theory]
    [InlineData("null", false)]
    [InlineData("""{"type":"unpersisted"}""", false)]
    [InlineData("{}", true)]
    [InlineData("[1]", true)]
    [InlineData("0", true)]
    public void Data_is_kept_as_an_artifact_unless_it_says_otherwise(string data, bool isKept)
    {
        var proposed = StateProposal.Create(StateType.Completed, Given.Context(), data: RawJson.Parse(data));
        var decision = Given.FlowRun(Given.State(StateType.Running)).Propose(proposed);

        Assert.Equal(isKept, decision.Artifact is not null);
        Assert.Equal(data == "null" ? null : data, decision.NewState!.Data?.ToString());
    }

    [Fact]
    public void What_describes_an_artifact_is_taken_out_of_its_data()
    {
        var data = RawJson.Parse("""{"artifact_key":"k","type":"result","artifact_type":"t","artifact_description":"ü","v":{"a":[1]}}""");
        var decision = Given.FlowRun(Given.State(StateType.Running)).Propose(StateProposal.Create(StateType.Completed, Given.Context(), data: data));

        Assert.Equal(("k", "t", "ü"), (decision.Artifact!.Key, decision.Artifact.Type, decision.Artifact.Description));
        Assert.Equal("""{"type":"result","v":{"a":[1]}}""", decision.Artifact.Data.ToString());
        Assert.Equal(decision.Artifact.Data, decision.NewState!.Data);
    }
}
