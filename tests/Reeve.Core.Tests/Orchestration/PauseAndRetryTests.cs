using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

public class PauseAndRetryTests
{
    [Fact]
    public void Going_on_after_a_pause_is_not_another_execution()
    {
        var run = Given.FlowRun(Given.State(StateType.Running), policy: new FlowRunPolicy { Retries = 1 }, runCount: 1);
        run = run.After(run.Propose(Pause("k")));
        Assert.Equal(["k"], run.EmpiricalPolicy.PauseKeys!);

        run = run.After(run.Propose(StateType.Running));
        Assert.Equal(1, run.Columns.RunCount);
        Assert.False(run.EmpiricalPolicy.Resuming);

        var failed = run.Propose(StateType.Failed);
        Assert.Equal(("AwaitingRetry", "Retrying"), (failed.NewState!.Name, failed.Reason));
    }

    /// <summary>Callers of before 0.8.4 know nothing of a run that resumes: each start is one, and the mark is not theirs to clear.</summary>
    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(4, 1, false)]
    public void What_goes_on_counts_for_callers_that_do_not_know_of_it(int patch, int runCount, bool isResuming)
    {
        var run = Given.FlowRun(Given.State(StateType.Pending), policy: new FlowRunPolicy { Resuming = true }, runCount: 1);
        run = run.After(run.Propose(StateType.Running, context: Given.Context(api: new ApiVersion(0, 8, patch))));
        Assert.Equal((runCount, isResuming), (run.Columns.RunCount, run.EmpiricalPolicy.Resuming));
    }

    [Fact]
    public void Going_on_after_a_suspension_is_not_another_execution()
    {
        var paused = Given.State(StateType.Paused, "Suspended", new StateDetails { PauseReschedule = true });
        var run = Given.FlowRun(paused, deployed: true, runCount: 1);
        run = run.After(run.Propose(StateProposal.Resume(run.State, Given.Context())!));
        Assert.Equal("Resuming", run.State!.Name);
        Assert.True(run.EmpiricalPolicy.Resuming);

        run = run.After(run.Propose(StateType.Pending));
        run = run.After(run.Propose(StateType.Running));
        Assert.Equal(1, run.Columns.RunCount);
        Assert.False(run.EmpiricalPolicy.Resuming);
    }

    [Fact]
    public void A_refused_resume_leaves_no_trace()
    {
        var run = Given.FlowRun(Given.State(StateType.Paused, details: new StateDetails { PauseReschedule = true }), runCount: 1);
        var decision = run.Propose(StateType.Running);

        Assert.Equal("Cannot reschedule a running flow run without a deployment.", decision.Reason);
        Assert.Null(decision.EmpiricalPolicy);
        Assert.Null(decision.NewState);
    }

    [Fact]
    public void A_pause_fires_once_for_its_key()
    {
        var run = Given.FlowRun(Given.State(StateType.Running), policy: new FlowRunPolicy { PauseKeys = ["k"] });

        Assert.Equal("This pause has already fired.", run.Propose(Pause("k")).Reason);
        Assert.Equal(SetStateStatus.Accept, run.Propose(Pause("other")).Status);
    }

    [Fact]
    public void A_pause_without_a_key_gets_one_of_its_own()
    {
        var decision = Given.FlowRun(Given.State(StateType.Running)).Propose(Pause(null));

        Assert.True(Guid.TryParse(Assert.Single(decision.EmpiricalPolicy!.PauseKeys!), out _));
        Assert.Null(decision.NewState!.StateDetails.PauseKey);
    }

    [Fact]
    public void Suspending_needs_a_deployment_and_no_parent()
    {
        var run = Given.FlowRun(Given.State(StateType.Running));
        var suspend = StateProposal.Create(StateType.Paused, Given.Context(), "Suspended", details: new StateDetails { PauseReschedule = true });
        Assert.Equal("Cannot suspend flows without a deployment.", run.Propose(suspend).Reason);

        var subflow = run with { ParentTaskRunId = Guid.NewGuid() };
        var decision = subflow.Propose(suspend, new FlowRunFacts { Loaded = FactNeeds.ParentTask });
        Assert.Equal((SetStateStatus.Abort, "Cannot suspend subflows."), (decision.Status, decision.Reason));
    }

    [Fact]
    public void A_pause_that_timed_out_fails_whatever_is_proposed()
    {
        var run = Given.FlowRun(Given.State(StateType.Paused, details: new StateDetails { PauseTimeout = Given.Start }));
        var decision = run.Propose(StateType.Completed);

        Assert.Equal(StateType.Failed, decision.NewState!.Type);
        Assert.Equal("The flow was completed and never resumed.", decision.NewState.Message);
    }

    /// <summary>Both texts tell of the state that was proposed, by its name.</summary>
    [Fact]
    public void A_pause_is_told_by_the_name_of_what_was_proposed()
    {
        var proposed = StateProposal.Create(StateType.Running, Given.Context(), "Suspended");
        var late = Given.FlowRun(Given.State(StateType.Paused, details: new StateDetails { PauseTimeout = Given.Start })).Propose(proposed);
        Assert.Equal(("The flow run suspend has timed out and can no longer resume.", "The flow was suspended and never resumed."), (late.Reason, late.NewState!.Message));

        var suspended = Given.FlowRun(Given.State(StateType.Paused, details: new StateDetails { PauseReschedule = true }));
        Assert.Equal("Cannot reschedule a suspended flow run without a deployment.", suspended.Propose(proposed).Reason);
        // Its last moment is still in time.
        var intime = Given.FlowRun(Given.State(StateType.Paused, details: new StateDetails { PauseTimeout = Given.Now })).Propose(StateType.Running);
        Assert.Equal(SetStateStatus.Accept, intime.Status);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_flow_with_two_retries_runs_three_times(int runCount, bool retries)
    {
        var policy = new FlowRunPolicy { Retries = 2, RetryDelay = 5, PauseKeys = ["k"], RetryType = RetryType.InProcess };
        var run = Given.FlowRun(Given.State(StateType.Running), policy: policy, runCount: runCount);
        var proposed = StateProposal.Create(StateType.Failed, Given.Context(), message: "boom", data: Given.Result);
        var decision = run.Propose(proposed);

        Assert.Equal(retries ? SetStateStatus.Reject : SetStateStatus.Accept, decision.Status);
        Assert.Equal(retries ? RetryType.InProcess : null, decision.EmpiricalPolicy!.RetryType);
        Assert.Equal("boom", decision.NewState!.Message);
        Assert.Equal(Given.Result, decision.NewState.Data);
        if (retries)
        {
            Assert.Empty(decision.EmpiricalPolicy.PauseKeys!);
            Assert.Equal(Given.Now.AddSeconds(5), decision.NewState.StateDetails.ScheduledTime);
        }
    }

    [Fact]
    public void Old_callers_have_their_failed_tasks_rescheduled_with_the_flow()
    {
        var run = Given.FlowRun(Given.State(StateType.Running), policy: new FlowRunPolicy { MaxRetries = 1, RetryDelaySeconds = 3 }, runCount: 1);
        var task = Given.TaskRun(Given.State(StateType.Failed), runCount: 4) with { FlowRunId = run.Id };
        var context = Given.Context(api: new ApiVersion(0, 8, 2));
        var facts = new FlowRunFacts { Loaded = FactNeeds.FailedTasks, FailedTasks = [new TaskRunWithFacts(task, TaskRunFacts.None)] };
        var decision = run.Propose(StateType.Failed, facts, context);

        var rescheduled = Assert.Single(decision.RescheduledTasks);
        Assert.Equal((task.Id, "AwaitingRetry", 0), (rescheduled.TaskRunId, rescheduled.NewState!.Name, rescheduled.Columns.RunCount));
        Assert.Equal(Given.Now.AddSeconds(3), rescheduled.NewState.StateDetails.ScheduledTime);
        Assert.Null(decision.EmpiricalPolicy);
    }

    [Fact]
    public void Running_again_after_the_end_forgets_pauses_and_says_who_retries()
    {
        var policy = new FlowRunPolicy { PauseKeys = ["k"], Resuming = true, RetryType = RetryType.InProcess };
        var run = Given.FlowRun(Given.State(StateType.Failed), deployed: true, policy: policy, runCount: 9);

        var rescheduled = run.Propose(StateType.Scheduled).EmpiricalPolicy!;
        Assert.Equal((RetryType.Reschedule, false, 0), (rescheduled.RetryType, rescheduled.Resuming, rescheduled.PauseKeys!.Count));
        Assert.Null(run.Propose(StateType.Pending).EmpiricalPolicy!.RetryType);
        Assert.Null(run.Propose(StateType.Running, context: Given.Context(api: new ApiVersion(0, 8, 3))).EmpiricalPolicy);
    }

    [Fact]
    public void The_same_transition_twice_is_refused_without_a_change()
    {
        var details = new StateDetails { TransitionId = Guid.NewGuid() };
        var run = Given.FlowRun(Given.State(StateType.Running, details: details));
        var decision = run.Propose(StateProposal.Create(StateType.Running, Given.Context(), details: details));

        Assert.Equal("This run has already made this state transition.", decision.Reason);
        Assert.Same(run.State, decision.Current);
    }

    [Theory]
    [InlineData(500, SetStateStatus.Accept, null)]
    [InlineData(501, SetStateStatus.Wait, 1)]
    [InlineData(1500, SetStateStatus.Wait, 1)]
    [InlineData(2501, SetStateStatus.Wait, 3)]
    public void Waiting_time_is_whole_seconds(int milliseconds, SetStateStatus status, int? seconds)
    {
        var details = new StateDetails { ScheduledTime = Given.Now.AddMilliseconds(milliseconds) };
        var decision = Given.FlowRun(Given.State(StateType.Scheduled, details: details)).Propose(StateType.Running);

        Assert.Equal((status, seconds), (decision.Status, decision.DelaySeconds));
    }

    [Theory]
    [InlineData("Pending", "Submitting", true)]
    [InlineData("Submitting", "InfrastructurePending", true)]
    [InlineData("Submitting", "Submitting", false)]
    [InlineData("Submitting", "Pending", false)]
    public void A_claimed_run_may_rename_its_pending_state(string from, string to, bool isAllowed)
    {
        var details = new StateDetails { ScheduledTime = Given.Start, DeploymentConcurrencyLeaseId = Guid.NewGuid() };
        var run = Given.FlowRun(Given.State(StateType.Pending, from, details));
        var asked = new StateDetails { ScheduledTime = Given.Now, DeploymentConcurrencyLeaseId = Guid.NewGuid() };
        var decision = run.Propose(StateProposal.Create(StateType.Pending, Given.Context(), to, details: asked));

        Assert.Equal(isAllowed ? SetStateStatus.Accept : SetStateStatus.Abort, decision.Status);
        Assert.Equal(details.DeploymentConcurrencyLeaseId, decision.Current!.StateDetails.DeploymentConcurrencyLeaseId);
        Assert.Equal(Given.Start, decision.Current.StateDetails.ScheduledTime);
    }

    private static State Pause(string? key) =>
        StateProposal.Create(StateType.Paused, Given.Context(), details: new StateDetails { PauseKey = key });
}
