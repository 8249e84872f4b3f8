using CsCheck;
using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration;

public class TaskRunPropertyTests
{
    private static readonly OrchestrationSettings Settings = OrchestrationSettings.Default;
    private static readonly StateType[] Types = Enum.GetValues<StateType>();
    private static readonly string[] Tags = ["a", "b", "old"];

    [Fact]
    public void Tag_slots_never_leak_and_no_tag_limit_is_exceeded() => Gen.Select(
        Gen.Int[1, 1_000_000],
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 8].Select(i => Types[i]), Gen.Int[0, 9]).Array[1, 120]).Sample(
        (seed, steps) =>
        {
            var source = new SeededSource(seed);
            var now = Given.Start;
            SlotLimit[] limits = [Given.Limit(1, name: "tag:a"), Given.Limit(2, name: "tag:b")];
            var old = new LegacyTagLimit { Id = source.NewId(), Tag = "old", Limit = 1 };
            var leases = new List<SlotLease>();
            var runs = Enumerable.Range(0, 6)
                .Select(i => Given.TaskRun(null, new TaskRunPolicy { Retries = i % 2 }, 0, [.. Tags.Where((_, tag) => ((i + 1) >> tag) % 2 == 1)]))
                .ToArray();
            foreach (var (index, type, odds) in steps)
            {
                now += TimeSpan.FromSeconds(3);
                var run = runs[index];
                var context = new TransitionContext { Now = now, Source = source };
                var proposed = StateProposal.Create(type, context);
                var policy = TaskRunOrchestration.PolicyFor(proposed, force: odds == 0);
                var facts = new TaskRunFacts
                {
                    Loaded = TaskRunOrchestration.Needs(run, proposed, policy),
                    TagLimits = [.. limits.Where(limit => run.Tags.Contains(limit.Name[4..]))],
                    LegacyTagLimits = run.Tags.Contains("old") ? [old] : [],
                    HeldLeases = [.. leases.Where(lease => lease.Holder!.Id == run.Id)],
                };
                var decision = run.Propose(proposed, facts, context, policy);
                foreach (var write in decision.Slots)
                {
                    switch (write)
                    {
                        case TakeSlots take:
                            leases.Add(new SlotLease { Id = take.LeaseId, LimitIds = take.LimitIds, Holder = take.Holder });
                            for (var i = 0; i < limits.Length; i++)
                            {
                                limits[i] = take.LimitIds.Contains(limits[i].Id) ? SlotMath.Take(limits[i], 1, now, Settings) : limits[i];
                            }

                            break;
                        case ReleaseLease release:
                            Assert.Equal(1, leases.RemoveAll(lease => lease.Id == release.LeaseId));
                            for (var i = 0; i < limits.Length; i++)
                            {
                                limits[i] = release.LimitIds.Contains(limits[i].Id) ? SlotMath.GiveBack(limits[i], 1, null, now, Settings) : limits[i];
                            }

                            break;
                        case AddTagHolder add:
                            old = old with { Holders = [.. old.Holders, add.TaskRunId] };
                            break;
                        case RemoveTagHolder remove:
                            old = old with { Holders = [.. old.Holders.Where(id => id != remove.TaskRunId)] };
                            break;
                    }
                }

                runs[index] = run.After(decision);
                Assert.All(limits, limit => Assert.InRange(limit.ActiveSlots, 0, limit.Limit));
                Assert.InRange(old.Holders.Count, 0, old.Limit);
                Assert.All(limits, limit => Assert.Equal(leases.Count(lease => lease.LimitIds.Contains(limit.Id)), limit.ActiveSlots));
                var occupying = runs.Where(r => r.State?.Type is StateType.Running or StateType.Cancelling).Select(r => r.Id).ToHashSet();
                Assert.All(leases, lease => Assert.Contains(lease.Holder!.Id, occupying));
                Assert.All(old.Holders, holder => Assert.Contains(holder, occupying));
            }
        },
        iter: 400);

    [Fact]
    public void Run_counts_and_run_times_add_up_and_ends_stay() => Gen.Select(
        Gen.Int[1, 1_000_000],
        Gen.Select(Gen.Int[0, 8].Select(i => Types[i]), Gen.Int[0, 9], Gen.Bool, Gen.Bool).Array[1, 80]).Sample(
        (seed, steps) =>
        {
            var source = new SeededSource(seed);
            var now = Given.Start;
            var run = Given.TaskRun(null, new TaskRunPolicy { Retries = seed % 3, RetryDelay = new RetryDelay(1) });
            var (starts, time, ended) = (0, TimeSpan.Zero, (DateTimeOffset?)null);
            foreach (var (type, odds, isBackground, hasResult) in steps)
            {
                now += TimeSpan.FromSeconds(7.25);
                var context = new TransitionContext { Now = now, Source = source };
                var proposed = StateProposal.Create(
                    type, context, data: hasResult ? Given.Result : null, details: new StateDetails { Deferred = isBackground && odds < 5 });
                var policy = TaskRunOrchestration.PolicyFor(proposed, force: odds == 9);
                var before = run.State;
                var decision = run.Propose(proposed, context: context, policy: policy);
                run = run.After(decision);
                if (decision.NewState is not { } state)
                {
                    Assert.Same(before, run.State);
                }
                else
                {
                    time += before is { Type: StateType.Running } ? state.Timestamp - before.Timestamp : TimeSpan.Zero;
                    // Run again from its end, by the rules, a task counts anew.
                    starts = before?.Type.IsTerminal() == true && !state.Type.IsTerminal() && policy != TaskRunPolicyKind.Minimal ? 0 : starts;
                    starts += state.Type == StateType.Running ? 1 : 0;
                    ended = state.Type.IsTerminal() ? ended ?? state.Timestamp : null;
                }

                Assert.Equal((starts, time, ended), (run.Columns.RunCount, run.Columns.TotalRunTime, run.Columns.EndTime));
                Assert.Equal((run.State?.Type, run.State?.Name, run.State?.Timestamp), (run.Columns.StateType, run.Columns.StateName, run.Columns.StateTimestamp));
                Assert.True(starts == 0 || run.Columns.StartTime is not null);
                if (before is { Type: StateType.Completed, Data: not null } && policy != TaskRunPolicyKind.Minimal) Assert.Same(before, run.State);
                if (before?.Type.IsTerminal() == true && policy != TaskRunPolicyKind.Minimal)
                {
                    Assert.True(ReferenceEquals(before, run.State) || type is not (StateType.Crashed or StateType.Paused or StateType.Cancelling));
                }
            }
        },
        iter: 400);
}
