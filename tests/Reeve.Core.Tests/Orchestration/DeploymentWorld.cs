using Reeve.Core.Orchestration;
using Reeve.Core.Orchestration.Concurrency;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>
/// A deployment with a limit, its runs and their leases, kept as a server would: loads what a decision needs, decides,
/// applies. Counts by itself what the run columns should say.
/// </summary>
internal sealed class DeploymentWorld
{
    private static readonly OrchestrationSettings Settings = OrchestrationSettings.Default;

    private readonly SeededSource source;
    private readonly Dictionary<Guid, SlotLease> leases = [];
    private readonly HashSet<Guid> endless = [];
    private DateTimeOffset now = Given.Start;

    public DeploymentWorld(int seed, int runs, int slots, CollisionStrategy strategy)
    {
        source = new SeededSource(seed);
        Limit = Given.Limit(slots);
        Strategy = strategy;
        var deployment = Guid.NewGuid();
        for (var i = 0; i < runs; i++)
        {
            Runs.Add(Given.FlowRun(null, policy: new FlowRunPolicy { Retries = i % 3 }) with { DeploymentId = deployment });
            Starts.Add(0);
            Times.Add(TimeSpan.Zero);
        }
    }

    public SlotLimit Limit { get; private set; }

    public CollisionStrategy Strategy { get; }

    public List<FlowRunSnapshot> Runs { get; } = [];

    /// <summary>Executions each run began, as seen from outside.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>Time each run spent running, as seen from outside.</summary>
    public List<TimeSpan> Times { get; } = [];

    public IReadOnlyDictionary<Guid, SlotLease> Leases => leases;

    public FlowRunDecision Propose(int index, StateType type, bool force, bool isNewClient, bool isSuspending, RawJson? data)
    {
        now += TimeSpan.FromSeconds(7.25);
        var context = new TransitionContext { Now = now, Source = source, ClientVersion = isNewClient ? Given.NewClient : null };
        var run = Runs[index];
        var details = type == StateType.Paused
            ? new StateDetails { PauseReschedule = isSuspending, PauseTimeout = now.AddSeconds(60) }
            : null;
        var proposed = StateProposal.Create(type, context, type == StateType.Pending ? "P" + now.Ticks : null, data: data, details: details);
        var policy = FlowRunOrchestration.PolicyFor(force);
        var facts = new FlowRunFacts
        {
            Loaded = FlowRunOrchestration.Needs(run, type, policy, context),
            Deployment = new DeploymentFact { Limit = Limit, CollisionStrategy = Strategy },
            Lease = run.State?.StateDetails.DeploymentConcurrencyLeaseId is { } id ? leases.GetValueOrDefault(id) : null,
        };
        var decision = FlowRunOrchestration.Decide(run, proposed, policy, facts, context);
        Count(index, run, decision);
        foreach (var write in decision.Slots)
        {
            Apply(write);
        }

        Runs[index] = run.After(decision);
        return decision;
    }

    /// <summary>A lease nobody renewed is taken back, as the repossessor does.</summary>
    public void Repossess(int index)
    {
        var expiring = leases.Values.Where(lease => !endless.Contains(lease.Id)).ToList();
        if (expiring.Count > 0)
        {
            Apply(new ReleaseLease(expiring[index % expiring.Count].Id, [Limit.Id], 1));
        }
    }

    private void Count(int index, FlowRunSnapshot run, FlowRunDecision decision)
    {
        if (decision.NewState is not { } state)
        {
            return;
        }

        if (run.State is { Type: StateType.Running } running)
        {
            Times[index] += state.Timestamp - running.Timestamp;
        }

        if (state.Type == StateType.Running && run.EmpiricalPolicy.Resuming is not true && run.State?.Type != StateType.Paused)
        {
            Starts[index]++;
        }
    }

    private void Apply(SlotWrite write)
    {
        switch (write)
        {
            case TakeSlots take:
                Assert.True(SlotMath.HasFree(Limit, take.Slots, now), "a slot was taken of a full limit");
                Limit = SlotMath.Take(Limit, take.Slots, now, Settings);
                leases.Add(take.LeaseId, new SlotLease { Id = take.LeaseId, LimitIds = take.LimitIds, Slots = take.Slots, Holder = take.Holder });
                break;
            case ReleaseLease release:
                if (leases.Remove(release.LeaseId))
                {
                    Limit = SlotMath.GiveBack(Limit, release.Slots, null, now, Settings);
                }

                break;
            case RenewLease renew:
                Assert.True(leases.ContainsKey(renew.LeaseId), "a lease that is gone was renewed");
                if (renew.Ttl > TimeSpan.FromDays(1))
                {
                    endless.Add(renew.LeaseId);
                }

                break;
            default:
                Assert.Fail($"{write} is not for a run that always has a lease of our own");
                break;
        }
    }
}
