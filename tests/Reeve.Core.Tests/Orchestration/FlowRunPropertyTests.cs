using CsCheck;
using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

public class FlowRunPropertyTests
{
    private static readonly StateType[] Types = Enum.GetValues<StateType>();

    private static readonly Gen<(int Run, StateType Type, int Odds, bool IsNewClient, bool IsSuspending)> Step = Gen.Select(
        Gen.Int[0, 4],
        Gen.Int[0, 8].Select(i => Types[i]),
        Gen.Int[0, 99],
        Gen.Bool,
        Gen.Bool);

    private static readonly Gen<(int Seed, int Slots, CollisionStrategy Strategy, (int Run, StateType Type, int Odds, bool IsNewClient, bool IsSuspending)[] Steps)> History =
        Gen.Select(
            Gen.Int[1, 1_000_000],
            Gen.Int[1, 3],
            Gen.Bool.Select(isEnqueue => isEnqueue ? CollisionStrategy.Enqueue : CollisionStrategy.CancelNew),
            Step.Array[1, 120]);

    [Fact]
    public void Slots_never_leak_and_the_limit_is_never_exceeded() => History.Sample(
        history => Play(history, mayForce: true, (world, _, _) =>
        {
            Assert.Equal(world.Leases.Count, world.Limit.ActiveSlots);
            Assert.InRange(world.Limit.ActiveSlots, 0, world.Limit.Limit);
            var occupying = world.Runs
                .Where(run => run.State?.Type is StateType.Pending or StateType.Running or StateType.Cancelling)
                .Select(run => run.State!.StateDetails.DeploymentConcurrencyLeaseId)
                .ToHashSet();
            Assert.All(world.Leases.Keys, lease => Assert.Contains(lease, occupying));
        }),
        iter: 400);

    [Fact]
    public void Run_counts_and_run_times_add_up() => History.Sample(
        history => Play(history, mayForce: false, (world, index, _) =>
        {
            Assert.Equal(world.Starts[index], world.Runs[index].Columns.RunCount);
            Assert.Equal(world.Times[index], world.Runs[index].Columns.TotalRunTime);
        }),
        iter: 400);

    [Fact]
    public void A_completed_run_with_a_result_never_starts_again_or_loses_the_result() => History.Sample(
        history =>
        {
            var before = new Dictionary<int, State>();
            Play(history, mayForce: false, (world, index, decision) =>
            {
                if (before.TryGetValue(index, out var last) && last.Type == StateType.Completed && last.Data is not null)
                {
                    Assert.True(decision.Current!.Type.IsTerminal());
                    Assert.True(decision.Current.Type != StateType.Completed || decision.Current.Data is not null);
                }

                if (decision.Current is { } current)
                {
                    before[index] = current;
                }
            });
        },
        iter: 400);

    [Fact]
    public void A_run_that_ended_stays_so_unless_it_is_run_again() => History.Sample(
        history =>
        {
            var last = new Dictionary<int, State>();
            var ends = new Dictionary<int, DateTimeOffset>();
            Play(history, mayForce: false, (world, index, decision) =>
            {
                var state = decision.Current;
                if (last.TryGetValue(index, out var before) && before.Type.IsTerminal() && !ReferenceEquals(before, state))
                {
                    // No end becomes a crash, a pause or a cancelling, and the first end is the one that counts.
                    Assert.True(state!.Type is StateType.Scheduled or StateType.Pending or StateType.Running or StateType.Completed or StateType.Failed or StateType.Cancelled);
                    Assert.Equal(state.Type.IsTerminal() ? ends[index] : null, world.Runs[index].Columns.EndTime);
                }

                if (state is not null) last[index] = state;
                if (world.Runs[index].Columns.EndTime is { } end) ends[index] = end;
            });
        },
        iter: 400);

    [Fact]
    public void Columns_follow_the_state() => History.Sample(
        history => Play(history, mayForce: true, (world, index, decision) =>
        {
            var (columns, state) = (world.Runs[index].Columns, world.Runs[index].State);
            Assert.Equal(state?.Type, columns.StateType);
            Assert.Equal(state?.Name, columns.StateName);
            Assert.Equal(state?.Timestamp, columns.StateTimestamp);
            Assert.Equal(state?.Type.IsTerminal() ?? false, columns.EndTime is not null);
            Assert.Equal(state?.Type == StateType.Scheduled, columns.NextScheduledStartTime is not null);
            Assert.Equal(decision.NewState is not null, decision.Event is not null);
        }),
        iter: 200);

    private static void Play(
        (int Seed, int Slots, CollisionStrategy Strategy, (int Run, StateType Type, int Odds, bool IsNewClient, bool IsSuspending)[] Steps) history,
        bool mayForce,
        Action<DeploymentWorld, int, FlowRunDecision> check)
    {
        var world = new DeploymentWorld(history.Seed, runs: 5, history.Slots, history.Strategy);
        foreach (var step in history.Steps)
        {
            if (step.Odds >= 95)
            {
                world.Repossess(step.Run);
                continue;
            }

            var isForced = mayForce && step.Odds < 10;
            RawJson? data = step.Odds % 2 == 0 ? Given.Result : null;
            var decision = world.Propose(step.Run, step.Type, isForced, step.IsNewClient, step.IsSuspending, data);
            check(world, step.Run, decision);
        }
    }
}
