using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration;

public class TaskRuleTests
{
    private const FactNeeds Everything = FactNeeds.FlowRun | FactNeeds.CachedState | FactNeeds.TagLimits | FactNeeds.HeldTagSlots;

    [Fact]
    public void A_cached_result_is_stored_instead_of_running()
    {
        var cached = Given.State(StateType.Completed, data: Given.Result, details: new StateDetails { CacheKey = "k" });
        var decision = Given.TaskRun(Given.State(StateType.Pending)).Propose(
            StateProposal.Create(StateType.Running, Given.Context(), details: new StateDetails { CacheKey = "k" }),
            new TaskRunFacts { Loaded = Everything, CachedState = cached });

        Assert.Equal((SetStateStatus.Reject, "Retrieved state from cache"), (decision.Status, decision.Reason));
        Assert.Equal(("Cached", StateType.Completed, Given.Result), (decision.NewState!.Name, decision.NewState.Type, decision.NewState.Data!.Value));
        Assert.Equal("k", decision.NewState.StateDetails.CacheKey);
        Assert.NotEqual(cached.Id, decision.NewState.Id);
        Assert.Null(decision.Cache);
        Assert.Equal(0, decision.Columns.RunCount);
    }

    [Fact]
    public void A_completion_with_a_cache_key_is_cached()
    {
        var details = new StateDetails { CacheKey = "k", CacheExpiration = Given.Now.AddDays(1) };
        var decision = Given.TaskRun(Given.State(StateType.Running)).Propose(StateProposal.Create(StateType.Completed, Given.Context(), details: details));

        Assert.Equal(new CacheInsert("k", Given.Now.AddDays(1), decision.NewState!.Id), decision.Cache);
    }

    [Fact]
    public void A_cache_key_that_is_too_long_is_answered_with_a_refusal_that_stores_the_state()
    {
        var details = new StateDetails { CacheKey = new string('k', 2001) };
        var decision = Given.TaskRun(Given.State(StateType.Running)).Propose(StateProposal.Create(StateType.Completed, Given.Context(), details: details));

        Assert.Equal((SetStateStatus.Reject, "Cache key exceeded maximum allowed length of 2000 characters."), (decision.Status, decision.Reason));
        Assert.Equal(StateType.Completed, decision.NewState!.Type);
        Assert.NotNull(decision.Cache);
        var longest = StateProposal.Create(StateType.Completed, Given.Context(), details: new StateDetails { CacheKey = new string('k', 2000) });
        Assert.Equal(SetStateStatus.Accept, Given.TaskRun(Given.State(StateType.Running)).Propose(longest).Status);
    }

    [Theory]
    [InlineData(null, SetStateStatus.Abort)]
    [InlineData(StateType.Scheduled, SetStateStatus.Abort)]
    [InlineData(StateType.Completed, SetStateStatus.Abort)]
    [InlineData(StateType.Running, SetStateStatus.Accept)]
    [InlineData(StateType.Paused, SetStateStatus.Reject)]
    public void A_task_runs_only_while_its_flow_does(StateType? flow, SetStateStatus expected)
    {
        var state = flow is { } type ? Given.State(type, details: new StateDetails { PauseTimeout = Given.Now, PauseReschedule = true, PauseKey = "k" }) : null;
        var run = Given.TaskRun(Given.State(StateType.Pending)) with { FlowRunId = Guid.NewGuid() };
        var decision = run.Propose(
            StateProposal.Create(StateType.Running, Given.Context()),
            new TaskRunFacts { Loaded = Everything, FlowRun = new FlowRunFact(state, 3) });

        Assert.Equal(expected, decision.Status);
        Assert.Equal(expected == SetStateStatus.Accept ? 3 : null, decision.FlowRunRunCount);
        if (flow == StateType.Paused)
        {
            Assert.Equal(("NotReady", Given.Now, null), (decision.NewState!.Name, decision.NewState.StateDetails.PauseTimeout, decision.NewState.StateDetails.PauseKey));
            Assert.True(decision.NewState.StateDetails.PauseReschedule);
            Assert.Equal($"The flow is paused, new tasks can execute after resuming flow run: {run.FlowRunId}.", decision.Reason);
        }
    }

    [Fact]
    public void A_task_whose_flow_run_is_gone_is_not_found()
    {
        var run = Given.TaskRun(Given.State(StateType.Pending)) with { FlowRunId = Guid.NewGuid() };
        var decision = run.Propose(StateProposal.Create(StateType.Running, Given.Context()), new TaskRunFacts { Loaded = Everything });

        Assert.Equal($"Unable to read flow run associated with task run: {run.Id}, this flow run might have been deleted", decision.NotFound);
        var alone = Given.TaskRun(Given.State(StateType.Pending)).Propose(StateProposal.Create(StateType.Running, Given.Context()));
        Assert.Equal((null, (int?)null), (alone.NotFound, alone.FlowRunRunCount));
    }

    [Fact]
    public void A_task_run_again_with_its_flow_is_retrying_and_counts_anew()
    {
        var run = Given.TaskRun(Given.State(StateType.Failed), runCount: 2) with { FlowRunId = Guid.NewGuid(), FlowRunRunCount = 1 };
        var decision = run.Propose(
            StateProposal.Create(StateType.Running, Given.Context()),
            new TaskRunFacts { Loaded = Everything, FlowRun = new FlowRunFact(Given.State(StateType.Running), 2) });

        Assert.Equal(("Retrying", 1), (decision.NewState!.Name, decision.Columns.RunCount));
    }

    [Fact]
    public void An_ended_task_that_may_not_run_keeps_its_run_count()
    {
        var run = Given.TaskRun(Given.State(StateType.Failed), runCount: 2) with { FlowRunId = Guid.NewGuid() };
        var decision = run.Propose(
            StateProposal.Create(StateType.Running, Given.Context()),
            new TaskRunFacts { Loaded = Everything, FlowRun = new FlowRunFact(null, 2) });

        Assert.Equal((SetStateStatus.Abort, 2), (decision.Status, decision.Columns.RunCount));
        var paused = run.Propose(
            StateProposal.Create(StateType.Running, Given.Context()),
            new TaskRunFacts { Loaded = Everything, FlowRun = new FlowRunFact(Given.State(StateType.Paused), 2) });
        Assert.Equal(("NotReady", 2), (paused.NewState!.Name, paused.Columns.RunCount));
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 2.5)]
    [InlineData(3, 2.5)]
    public void Each_retry_has_its_delay(int runCount, double seconds)
    {
        var policy = new TaskRunPolicy { Retries = 3, RetryDelay = new RetryDelay([1, 2.5]) };
        var failed = StateProposal.Create(StateType.Failed, Given.Context(), message: "why", data: Given.Result);
        var decision = Given.TaskRun(Given.State(StateType.Running), policy, runCount).Propose(failed);

        Assert.Equal(("AwaitingRetry", "why", Given.Result), (decision.NewState!.Name, decision.NewState.Message, decision.NewState.Data!.Value));
        Assert.Equal(Given.Now.AddSeconds(seconds), decision.NewState.StateDetails.ScheduledTime);
    }

    [Fact]
    public void Jitter_keeps_the_delay_within_its_bounds()
    {
        var policy = new TaskRunPolicy { Retries = 3, RetryDelay = new RetryDelay(100), RetryJitterFactor = 0.5 };
        var delays = new HashSet<double>();
        for (var seed = 1; seed <= 50; seed++)
        {
            var context = Given.Context(seed: seed);
            var decision = Given.TaskRun(Given.State(StateType.Running), policy, 1).Propose(StateProposal.Create(StateType.Failed, context), context: context);
            var delay = (decision.NewState!.StateDetails.ScheduledTime!.Value - Given.Now).TotalSeconds;
            Assert.InRange(delay, PoissonInterval.Lower(100, 0.5) - 0.001, 150.001);
            delays.Add(delay);
        }

        Assert.True(delays.Count > 40, $"of 50 delays {delays.Count} differ");
        var atOnce = Given.TaskRun(Given.State(StateType.Running), new TaskRunPolicy { Retries = 3, RetryJitterFactor = 0.5 }, 1);
        Assert.Equal(Given.Now, atOnce.Propose(StateProposal.Create(StateType.Failed, Given.Context())).NewState!.StateDetails.ScheduledTime);
    }

    [Fact]
    public void A_failure_that_must_not_be_retried_stands()
    {
        var run = Given.TaskRun(Given.State(StateType.Running), new TaskRunPolicy { Retries = 3 }, 1);

        Assert.Equal(SetStateStatus.Accept, run.Propose(StateProposal.Create(StateType.Failed, Given.Context(), details: new StateDetails { Retriable = false })).Status);
        Assert.Equal(SetStateStatus.Reject, run.Propose(StateProposal.Create(StateType.Failed, Given.Context())).Status);
    }

    [Fact]
    public void A_full_tag_makes_the_task_wait_and_takes_nothing()
    {
        SlotLimit[] limits = [Given.Limit(2, 0, "tag:a"), Given.Limit(1, 1, "tag:b")];
        var decision = Tagged("a", "b").Propose(StateProposal.Create(StateType.Running, Given.Context()), new TaskRunFacts { Loaded = Everything, TagLimits = limits });

        Assert.Equal((SetStateStatus.Wait, "Concurrency limit reached for tags: a, b"), (decision.Status, decision.Reason));
        Assert.InRange(decision.DelaySeconds!.Value, 1, 3);
        Assert.Empty(decision.Slots);
    }

    /// <summary>The wait is that of the limit which is fullest for its size, to the nearest second.</summary>
    [Fact]
    public void The_fullest_tag_says_how_long_to_wait()
    {
        SlotLimit[] limits = [Given.Limit(10, 9, "tag:a") with { AvgSlotOccupancySeconds = 8 }, Given.Limit(1, 1, "tag:b") with { AvgSlotOccupancySeconds = 1 }];
        for (var seed = 1; seed <= 20; seed++)
        {
            var context = Given.Context(seed: seed);
            var decision = Tagged("a", "b").Propose(StateProposal.Create(StateType.Running, context), new TaskRunFacts { Loaded = Everything, TagLimits = limits }, context);
            Assert.Equal((SetStateStatus.Wait, 1), (decision.Status, decision.DelaySeconds));
        }
    }

    [Fact]
    public void A_tag_limit_of_zero_aborts()
    {
        var decision = Tagged("a").Propose(
            StateProposal.Create(StateType.Running, Given.Context()),
            new TaskRunFacts { Loaded = Everything, TagLimits = [Given.Limit(0, 0, "tag:a")] });

        Assert.Equal(SetStateStatus.Abort, decision.Status);
        Assert.Equal("The concurrency limit on tag \"a\" is 0 and will deadlock if the task tries to run again.", decision.Reason);
    }

    [Fact]
    public void An_old_tag_limit_counts_where_there_is_no_new_one()
    {
        var old = new LegacyTagLimit { Id = Guid.NewGuid(), Tag = "a", Limit = 1, Holders = [Guid.NewGuid()] };
        var proposed = StateProposal.Create(StateType.Running, Given.Context());
        var waiting = Tagged("a").Propose(proposed, new TaskRunFacts { Loaded = Everything, LegacyTagLimits = [old] });
        Assert.Equal((10, "Concurrency limit for the a tag has been reached"), (waiting.DelaySeconds!.Value, waiting.Reason));

        var covered = Tagged("a").Propose(proposed, new TaskRunFacts { Loaded = Everything, LegacyTagLimits = [old], TagLimits = [Given.Limit(1, 0, "tag:a")] });
        Assert.IsType<TakeSlots>(Assert.Single(covered.Slots));
    }

    [Fact]
    public void Old_tag_limits_count_together_once_one_of_them_counts()
    {
        var run = Tagged("a", "b");
        LegacyTagLimit[] old = [.. new[] { "a", "b" }.Select(static tag => new LegacyTagLimit { Id = Guid.NewGuid(), Tag = tag, Limit = 1, Holders = [] })];
        var proposed = StateProposal.Create(StateType.Running, Given.Context());
        var decision = run.Propose(proposed, new TaskRunFacts { Loaded = Everything, LegacyTagLimits = old, TagLimits = [Given.Limit(1, 0, "tag:a")] });
        Assert.IsType<TakeSlots>(decision.Slots[0]);
        Assert.Equal([new AddTagHolder(old[0].Id, run.Id), new AddTagHolder(old[1].Id, run.Id)], decision.Slots.Skip(1));

        // Who holds one needs no other, be the limit full.
        var again = run.Propose(proposed, new TaskRunFacts { Loaded = Everything, LegacyTagLimits = [old[0] with { Holders = [run.Id] }] });
        Assert.Equal(SetStateStatus.Accept, again.Status);
        Assert.Empty(again.Slots);
    }

    [Fact]
    public void A_background_task_goes_to_its_queue_when_scheduled()
    {
        var details = new StateDetails { Deferred = true, TaskParametersId = Guid.NewGuid() };
        var proposed = StateProposal.Create(StateType.Scheduled, Given.Context(), details: details);
        Assert.Equal(TaskRunPolicyKind.Background, TaskRunOrchestration.PolicyFor(proposed, force: true));
        var run = Given.TaskRun(null);
        var decision = run.Propose(proposed, policy: TaskRunPolicyKind.Background);
        Assert.Equal(TaskQueueLane.Scheduled, decision.Enqueue);

        var pending = run.After(decision).Propose(StateProposal.Create(StateType.Pending, Given.Context()), policy: TaskRunPolicyKind.Background);
        Assert.Equal(details.TaskParametersId, pending.NewState!.StateDetails.TaskParametersId);
        Assert.Null(pending.Enqueue);
    }

    private static TaskRunSnapshot Tagged(params string[] tags) => Given.TaskRun(Given.State(StateType.Pending), tags: tags);
}
