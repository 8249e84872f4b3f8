using Reeve.Core.Orchestration;
using Reeve.Server.Orchestration;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.FlowRuns;

/// <summary>
/// Marks scheduled runs late that nobody has begun in time, see services.md §3. It sleeps until the next run would be late;
/// the loop interval covers runs that were made since.
/// </summary>
internal sealed class LateRuns(FlowRunWatchStore store, FlowRunTransitions transitions, ServerSettings settings, TimeProvider clock) : Service
{
    private const int AtOnce = 400;

    public override ServiceInfo Info => ServiceCatalogue.MarkLateRuns;

    public override TimeSpan Interval => settings.Services.LateRuns.Loop;

    public override BatchSize? Batch { get; } = new(AtOnce);

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow() - settings.Services.LateRunsAfter;
        var size = Batch!.Size;
        var found = await store.LateAsync(before, size, cancel);
        var due = found.FindAll(run => run.At <= before);
        var marked = await DueRuns.MoveAsync(due.ConvertAll(static run => run.Id), run => MarkAsync(run, cancel), cancel);
        DateTimeOffset? next = found.Count > due.Count ? found[^1].At + settings.Services.LateRunsAfter : null;
        return new ServiceOutcome(marked, next, More: due.Count == size && marked > 0)
        {
            Backlog = due.Count - marked, Oldest = due.Count > marked ? due[0].At : null,
        };
    }

    private async Task<bool> MarkAsync(Guid run, CancellationToken cancel)
    {
        var moved = await transitions.ProposeAsync(run, StateType.Scheduled, Late, FlowRunPolicyKind.MarkLate, TransitionCaller.Server, cancel);
        return moved?.Decision.NewState is not null;
    }

    // Another replica, or a worker, may have been quicker: then there is nothing to propose.
    private static State? Late(FlowRunSnapshot run, TransitionContext context) =>
        run.State is { Type: StateType.Scheduled, Name: "Scheduled" }
            ? StateProposal.Create(StateType.Scheduled, context, "Late", details: new StateDetails { ScheduledTime = run.Columns.NextScheduledStartTime })
            : null;
}
