using System.Globalization;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Orchestration;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.FlowRuns;

/// <summary>Fails paused runs that nobody resumed in time, see services.md §4. Each new pause wakes it, and then it knows the earliest end.</summary>
internal sealed class PauseExpirations(FlowRunWatchStore store, FlowRunTransitions transitions, ServerSettings settings, TimeProvider clock) : Service
{
    private const int PageSize = 1000;

    private static readonly FlowRunProposal NeverResumed = new(StateType.Failed, Message: "The flow was paused and never resumed.");

    public override ServiceInfo Info => ServiceCatalogue.FailExpiredPauses;

    public override TimeSpan Interval => settings.Services.PauseExpirations.Loop;

    public override IReadOnlyList<string> Topics => [DbTopics.Pauses];

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? next = null;
        DateTimeOffset? oldest = null;
        var due = new List<Guid>();
        var after = Guid.Empty;
        while (true)
        {
            var page = await store.PausedAsync(after, PageSize, cancel);
            foreach (var (id, text) in page)
            {
                if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timeout)) continue;
                if (timeout < now)
                {
                    due.Add(id);
                    if (oldest is null || timeout < oldest) oldest = timeout;
                }
                // It ends after its last instant, so the look comes a tick later.
                else if (next is null || timeout < next) next = timeout.AddTicks(TimeSpan.TicksPerMicrosecond);
            }
            if (page.Count < PageSize) break;
            after = page[^1].Id;
        }
        var failed = await DueRuns.MoveAsync(due, run => FailAsync(run, cancel), cancel);
        return new ServiceOutcome(failed, next) { Backlog = due.Count - failed, Oldest = due.Count > failed ? oldest : null };
    }

    private async Task<bool> FailAsync(Guid run, CancellationToken cancel)
    {
        var moved = await transitions.ProposeAsync(
            run, StateType.Failed,
            static (run, context) => run.State?.StateDetails.PauseTimeout < context.Now ? NeverResumed.ToState(context) : null,
            FlowRunPolicyKind.Minimal, TransitionCaller.Server, cancel);
        return moved?.Decision.NewState is not null;
    }
}
