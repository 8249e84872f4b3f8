using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration;

public class DeploymentConcurrencyTests
{
    private static readonly TransitionContext NewClient = Given.Context(client: Given.NewClient);

    [Fact]
    public void A_free_slot_is_taken_under_a_lease_of_the_grace_period()
    {
        var limit = Given.Limit(1);
        var decision = Scheduled().Propose(StateType.Pending, Given.FlowFacts(limit, grace: 120));

        var take = Assert.IsType<TakeSlots>(Assert.Single(decision.Slots));
        Assert.Equal([limit.Id], take.LimitIds);
        Assert.Equal(TimeSpan.FromSeconds(120), take.Ttl);
        Assert.Null(take.Holder);
        Assert.Equal(take.LeaseId, decision.NewState!.StateDetails.DeploymentConcurrencyLeaseId);
    }

    [Fact]
    public void Without_a_grace_period_the_setting_says_how_long_the_lease_lives() => Assert.Equal(
        TimeSpan.FromSeconds(300),
        Assert.IsType<TakeSlots>(Assert.Single(Scheduled().Propose(StateType.Pending, Given.FlowFacts(Given.Limit(1))).Slots)).Ttl);

    [Fact]
    public void A_full_limit_makes_the_run_wait_in_line()
    {
        var decision = Scheduled().Propose(StateType.Pending, Given.FlowFacts(Given.Limit(1, active: 1)));

        Assert.Equal(SetStateStatus.Reject, decision.Status);
        Assert.Equal("Deployment concurrency limit reached.", decision.Reason);
        Assert.Equal(("AwaitingConcurrencySlot", StateType.Scheduled), (decision.NewState!.Name, decision.NewState.Type));
        Assert.Equal(Given.Now.AddSeconds(30), decision.NewState.StateDetails.ScheduledTime);
        Assert.Equal(Given.Now.AddSeconds(30), decision.Columns.NextScheduledStartTime);
        Assert.Empty(decision.Slots);
    }

    [Fact]
    public void A_full_limit_that_takes_no_queue_cancels_the_run()
    {
        var decision = Scheduled().Propose(StateType.Pending, Given.FlowFacts(Given.Limit(1, active: 1), strategy: CollisionStrategy.CancelNew));

        Assert.Equal(StateType.Cancelled, decision.NewState!.Type);
        Assert.Equal("Deployment concurrency limit reached.", decision.NewState.Message);
    }

    [Fact]
    public void A_limit_of_zero_aborts()
    {
        var decision = Scheduled().Propose(StateType.Pending, Given.FlowFacts(Given.Limit(0)));

        Assert.Equal(SetStateStatus.Abort, decision.Status);
        Assert.Equal("The deployment concurrency limit is 0. The flow will deadlock if submitted again.", decision.Reason);
    }

    [Fact]
    public void A_deployment_that_is_gone_aborts()
    {
        var decision = Scheduled().Propose(StateType.Pending, new FlowRunFacts { Loaded = FactNeeds.Deployment });

        Assert.Equal((SetStateStatus.Abort, "Deployment not found."), (decision.Status, decision.Reason));
    }

    [Fact]
    public void A_deactivated_limit_limits_nothing()
    {
        var decision = Scheduled().Propose(StateType.Pending, Given.FlowFacts(Given.Limit(1, active: 1, isActive: false)));

        Assert.Equal(SetStateStatus.Accept, decision.Status);
        Assert.Empty(decision.Slots);
    }

    [Theory]
    [InlineData("3.0.0rc20", 0)]
    [InlineData("3.0.3", 0)]
    [InlineData("3.0.4", 1)]
    public void Workers_of_the_first_releases_take_the_slot_themselves(string version, int slots) => Assert.Equal(
        slots,
        Scheduled().Propose(StateType.Pending, Given.FlowFacts(Given.Limit(1)), Given.Context(client: ClientVersion.TryParse(version))).Slots.Count);

    [Fact]
    public void Starting_renews_the_lease()
    {
        var (run, lease) = Holding(StateType.Pending);
        var decision = run.Propose(StateType.Running, Given.FlowFacts(Given.Limit(1, active: 1), lease), NewClient);

        Assert.Equal(new RenewLease(lease.Id, TimeSpan.FromSeconds(300)), Assert.Single(decision.Slots));
        Assert.Equal(lease.Id, decision.NewState!.StateDetails.DeploymentConcurrencyLeaseId);
    }

    [Fact]
    public void Starting_after_the_lease_was_repossessed_takes_another_slot()
    {
        var (run, lease) = Holding(StateType.Pending);
        var decision = run.Propose(StateType.Running, Given.FlowFacts(Given.Limit(1)), NewClient);

        var take = Assert.IsType<TakeSlots>(Assert.Single(decision.Slots));
        Assert.Equal(LeaseHolder.FlowRun(run.Id), take.Holder);
        Assert.NotEqual(lease.Id, take.LeaseId);
        Assert.Equal(take.LeaseId, decision.NewState!.StateDetails.DeploymentConcurrencyLeaseId);
    }

    [Fact]
    public void Starting_after_another_run_got_the_slot_cancels_and_frees_nothing()
    {
        var (run, _) = Holding(StateType.Pending);
        var decision = run.Propose(StateType.Running, Given.FlowFacts(Given.Limit(1, active: 1)), NewClient);

        Assert.Equal("Deployment concurrency limit reached after lease expiry.", decision.Reason);
        Assert.Equal(StateType.Cancelled, decision.NewState!.Type);
        Assert.Equal(
            "Deployment concurrency slot lost during provisioning - no slots available to continue execution",
            decision.NewState.Message);
        Assert.Empty(decision.Slots);
    }

    [Fact]
    public void A_lease_forgotten_by_another_server_is_swapped_for_a_new_one()
    {
        var limit = Given.Limit(1, active: 1);
        var run = Deployed(Given.State(StateType.Pending, details: new StateDetails { DeploymentConcurrencyLeaseId = Guid.NewGuid() }));
        var decision = run.Propose(StateType.Running, Given.FlowFacts(limit), NewClient);

        Assert.Equal(SetStateStatus.Accept, decision.Status);
        Assert.Equal(new GiveBackSlots(limit.Id, 1), decision.Slots[0]);
        Assert.IsType<TakeSlots>(decision.Slots[1]);
    }

    [Fact]
    public void A_client_that_cannot_renew_keeps_its_lease_without_end()
    {
        var (run, lease) = Holding(StateType.Pending);
        var decision = run.Propose(StateType.Running, Given.FlowFacts(Given.Limit(1, active: 1), lease), Given.Context());

        Assert.Equal(new RenewLease(lease.Id, TimeSpan.FromDays(36_500)), Assert.Single(decision.Slots));
    }

    [Fact]
    public void A_start_that_must_wait_takes_no_slot()
    {
        var (run, lease) = Holding(StateType.Pending, scheduled: Given.Now.AddMinutes(1));
        var decision = run.Propose(StateType.Running, Given.FlowFacts(Given.Limit(1)), NewClient);

        Assert.Equal((SetStateStatus.Wait, 60), (decision.Status, decision.DelaySeconds));
        Assert.Empty(decision.Slots);
        Assert.Equal(lease.Id, decision.Current!.StateDetails.DeploymentConcurrencyLeaseId);
    }

    [Theory]
    [InlineData(StateType.Pending, StateType.Failed)]
    [InlineData(StateType.Running, StateType.Completed)]
    [InlineData(StateType.Running, StateType.Paused)]
    [InlineData(StateType.Running, StateType.Scheduled)]
    [InlineData(StateType.Cancelling, StateType.Cancelled)]
    public void Leaving_gives_the_slot_back_and_the_id_stays_on_the_state(StateType from, StateType to)
    {
        var (run, lease) = Holding(from);
        var decision = run.Propose(to, Given.FlowFacts(Given.Limit(1, active: 1, isActive: false), lease));

        Assert.Equal(lease.Id, Assert.IsType<ReleaseLease>(Assert.Single(decision.Slots)).LeaseId);
        if (to != StateType.Scheduled)
        {
            Assert.Equal(lease.Id, decision.NewState!.StateDetails.DeploymentConcurrencyLeaseId);
        }
    }

    [Fact]
    public void A_run_whose_lease_was_repossessed_frees_nobody_elses_slot()
    {
        var (run, _) = Holding(StateType.Running);

        Assert.Empty(run.Propose(StateType.Completed, Given.FlowFacts(Given.Limit(1, active: 1))).Slots);
    }

    [Fact]
    public void A_run_whose_deployment_is_gone_gives_its_lease_back()
    {
        var (run, lease) = Holding(StateType.Running);
        var decision = run.Propose(StateType.Completed, new FlowRunFacts { Loaded = FactNeeds.Deployment | FactNeeds.Lease, Lease = lease });

        Assert.Equal(lease.Id, Assert.IsType<ReleaseLease>(Assert.Single(decision.Slots)).LeaseId);
    }

    /// <summary>It gives none back either: the lease ends by itself, so it must not be made to last.</summary>
    [Fact]
    public void A_run_of_no_deployment_leaves_leases_alone()
    {
        var (run, lease) = Holding(StateType.Pending);
        var facts = new FlowRunFacts { Loaded = FactNeeds.Deployment | FactNeeds.Lease, Lease = lease };
        foreach (var to in (StateType[])[StateType.Running, StateType.Cancelling, StateType.Completed])
        {
            Assert.Empty((run with { DeploymentId = null }).Propose(to, facts, Given.Context()).Slots);
            Assert.Empty((run with { DeploymentId = null }).Propose(to, facts, NewClient).Slots);
        }
    }

    [Fact]
    public void A_run_keeps_the_lease_it_took_whatever_a_client_says_and_later_states_keep_what_they_are_given()
    {
        var (run, lease) = Holding(StateType.Pending);
        var other = new StateDetails { DeploymentConcurrencyLeaseId = Guid.CreateVersion7(Given.Now) };
        var facts = Given.FlowFacts(Given.Limit(1, active: 1), lease);
        Assert.Equal(lease.Id, run.Propose(StateProposal.Create(StateType.Running, NewClient, details: other), facts, NewClient).NewState!.StateDetails.DeploymentConcurrencyLeaseId);
        var told = run.Propose(StateProposal.Create(StateType.Failed, NewClient, details: other), facts, NewClient);
        Assert.Equal(other.DeploymentConcurrencyLeaseId, told.NewState!.StateDetails.DeploymentConcurrencyLeaseId);
        Assert.Equal(lease.Id, Assert.IsType<ReleaseLease>(Assert.Single(told.Slots)).LeaseId);
    }

    [Fact]
    public void A_run_that_must_wait_in_line_to_run_again_keeps_its_policy()
    {
        var policy = new FlowRunPolicy { PauseKeys = ["k"], RetryType = RetryType.InProcess };
        var run = Given.FlowRun(Given.State(StateType.Failed), deployed: true, policy);

        var waiting = run.Propose(StateType.Pending, Given.FlowFacts(Given.Limit(1, active: 1)));
        Assert.Equal(("AwaitingConcurrencySlot", null), (waiting.NewState!.Name, waiting.EmpiricalPolicy));
        Assert.NotNull(run.Propose(StateType.Pending, Given.FlowFacts(Given.Limit(1))).EmpiricalPolicy);
    }

    [Fact]
    public void A_run_that_never_took_a_slot_frees_none()
    {
        var run = Deployed(Given.State(StateType.Pending));

        Assert.Empty(run.Propose(StateType.Failed, Given.FlowFacts(Given.Limit(1, active: 1))).Slots);
    }

    [Fact]
    public void Deleting_a_run_releases_its_lease()
    {
        var (run, lease) = Holding(StateType.Running);

        Assert.IsType<ReleaseLease>(FlowRunOrchestration.ReleaseOnDelete(run, Given.FlowFacts(Given.Limit(1, active: 1), lease)));
        Assert.Null(FlowRunOrchestration.ReleaseOnDelete(Scheduled(), Given.FlowFacts(Given.Limit(1, active: 1), lease)));
    }

    [Theory]
    [InlineData(CollisionStrategy.CancelNew, 1, StateType.Cancelled)]
    [InlineData(CollisionStrategy.CancelNew, 0, StateType.Scheduled)]
    [InlineData(CollisionStrategy.Enqueue, 1, StateType.Scheduled)]
    public void A_late_run_without_a_place_in_line_is_cancelled(CollisionStrategy strategy, int active, StateType expected)
    {
        var decision = Scheduled().Propose(
            StateProposal.Create(StateType.Scheduled, Given.Context(), "Late"),
            Given.FlowFacts(Given.Limit(1, active), strategy: strategy),
            policy: FlowRunPolicyKind.MarkLate);

        Assert.Equal(expected, decision.NewState!.Type);
    }

    [Fact]
    public void Deciding_without_a_needed_fact_is_an_error() =>
        Assert.Throws<ArgumentException>(() => Scheduled().Propose(StateType.Pending, FlowRunFacts.None));

    private static FlowRunSnapshot Deployed(State state) => Given.FlowRun(state, deployed: true);

    private static FlowRunSnapshot Scheduled() =>
        Deployed(Given.State(StateType.Scheduled, details: new StateDetails { ScheduledTime = Given.Start }));

    private static (FlowRunSnapshot Run, SlotLease Lease) Holding(StateType type, DateTimeOffset? scheduled = null)
    {
        var lease = new SlotLease { Id = Guid.CreateVersion7(Given.Start), LimitIds = [Guid.NewGuid()] };
        var details = new StateDetails { DeploymentConcurrencyLeaseId = lease.Id, ScheduledTime = scheduled };
        return (Deployed(Given.State(type, details: details)), lease);
    }
}
