using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Orchestration;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.FlowRuns;

/// <summary>
/// Ends what a cancellation left behind, see services.md §5: the tasks and subflows of cancelled runs, and runs that have
/// been cancelling for too long. Each cancellation wakes it.
/// </summary>
internal sealed class CancellationCleanup(
    FlowRunWatchStore store, FlowRunTransitions transitions, TaskRunCancellation tasks, CancellingTimeouts timeouts, ServerSettings settings, TimeProvider clock)
    : Service
{
    private const int RunsAtOnce = 200;

    /// <summary>Cancelled runs are looked at for so long: events of their tasks may still arrive.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromDays(1);

    public override ServiceInfo Info => ServiceCatalogue.CancellationCleanup;

    public override TimeSpan Interval => settings.Services.CancellationCleanup.Loop;

    public override IReadOnlyList<string> Topics => [DbTopics.Cancellations];

    public override BatchSize? Batch { get; } = new(RunsAtOnce);

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var size = Batch!.Size;
        var timedOut = await timeouts.RunAsync(size, now, cancel);
        var unfinished = await store.TasksOfCancelledAsync(now - Aftermath, size, cancel);
        var ended = await DueRuns.MoveAsync(unfinished, run => tasks.CancelAsync(run, cancel), cancel);
        var (subflows, followed) = await CancelSubflowsAsync(size, cancel);
        var full = timedOut.More || unfinished.Count == size && ended > 0;
        return new ServiceOutcome(timedOut.Items + ended + followed, timedOut.NextDue, More: full)
        {
            Backlog = timedOut.Backlog + unfinished.Count - ended + subflows - followed,
            Oldest = timedOut.Oldest,
        };
    }

    // Ending a subflow may leave subflows of its own behind: its signal brings the next pass.
    private async Task<(int Found, int Moved)> CancelSubflowsAsync(int size, CancellationToken cancel)
    {
        var found = 0;
        var moved = 0;
        var after = Guid.Empty;
        while (true)
        {
            var page = await store.OrphanedSubflowsAsync(after, size, cancel);
            moved += await DueRuns.MoveAsync(page, run => CancelSubflowAsync(run, cancel), cancel);
            found += page.Count;
            if (page.Count < size) return (found, moved);
            after = page[^1];
        }
    }

    // A run with infrastructure of its own is asked to stop, so that its worker stops it; any other simply ends.
    private async Task<bool> CancelSubflowAsync(Guid run, CancellationToken cancel)
    {
        var moved = await transitions.ProposeAsync(
            run, StateType.Cancelled,
            static (run, context) =>
            {
                if (run.State is not { } state || state.Type.IsTerminal() || run.DeploymentId is not null && state.Type == StateType.Cancelling) return null;
                var type = run.DeploymentId is null ? StateType.Cancelled : StateType.Cancelling;
                return StateProposal.Create(type, context, message: TaskRunCancellation.ParentCancelled);
            },
            FlowRunPolicyKind.Minimal, TransitionCaller.Server, cancel);
        return moved?.Decision.NewState is not null;
    }
}
