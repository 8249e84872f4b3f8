using Reeve.Core.Orchestration;
using Reeve.Server.Events;
using Reeve.Server.Orchestration;
using Reeve.Server.Services;
using Reeve.Server.WorkPools.Cleanup;
using Reeve.Settings.Views;

namespace Reeve.Server.FlowRuns;

/// <summary>
/// Ends runs that have been cancelling for too long, and orders a worker to remove what they left running: state and order
/// are stored together.
/// </summary>
internal sealed class CancellingTimeouts(FlowRunWatchStore store, FlowRunTransitions transitions, ServerSettings settings, TimeProvider clock)
{
    private static readonly FlowRunProposal TimedOut = new(
        StateType.Cancelled, Message: "Flow run cancellation timed out; marked this flow run as Cancelled.");

    public async Task<ServiceOutcome> RunAsync(int size, DateTimeOffset now, CancellationToken cancel)
    {
        var before = now - settings.Services.CancellingTimeout;
        var found = await store.CancellingAsync(before, size, cancel);
        var due = found.FindAll(run => run.At <= before);
        var ended = await DueRuns.MoveAsync(due.ConvertAll(static run => run.Id), run => EndAsync(run, cancel), cancel);
        DateTimeOffset? next = found.Count > due.Count ? found[^1].At + settings.Services.CancellingTimeout : null;
        return new ServiceOutcome(ended, next, More: due.Count == size && ended > 0)
        {
            Backlog = due.Count - ended, Oldest = due.Count > ended ? due[0].At : null,
        };
    }

    private async Task<bool> EndAsync(Guid run, CancellationToken cancel)
    {
        var place = await store.PlaceAsync(run, cancel);
        string? process = null;
        var moved = await transitions.ProposeAsync(
            run, StateType.Cancelled,
            (current, context) =>
            {
                process = current.InfrastructurePid;
                var isDue = current.State is { Type: StateType.Cancelling } state && state.Timestamp + settings.Services.CancellingTimeout <= context.Now;
                return isDue ? TimedOut.ToState(context) : null;
            },
            FlowRunPolicyKind.Core, TransitionCaller.Server, cancel,
            (batch, decision, stored) =>
            {
                if (decision.Status != SetStateStatus.Accept || place is not { } at || IsElsewhere(at.PoolType)) return;
                WorkerCleanupStore.Enqueue(batch, Order(run, decision.NewState!.Id, at.Pool, at.Queue, process), clock.GetUtcNow(), stored);
            });
        return moved?.Decision.NewState is not null;
    }

    // No worker runs the flows of these pools.
    private static bool IsElsewhere(string poolType) =>
        poolType.EndsWith(":push", StringComparison.Ordinal) || poolType.EndsWith(":managed", StringComparison.Ordinal);

    private static CleanupOrder Order(Guid run, Guid state, Guid pool, Guid queue, string? process)
    {
        var key = $"{CleanupOrder.CancellingTimeoutTeardown}:{run}:{state}";
        return new CleanupOrder
        {
            Id = NameGuid.Url($"prefect:{key}"),
            IdempotencyKey = key,
            WorkPoolId = pool,
            WorkQueueId = queue,
            Kind = CleanupOrder.CancellingTimeoutTeardown,
            Target = EventPayload.Write(writer =>
            {
                writer.WriteString("flow_run_id", run.ToString());
                writer.WriteString("infrastructure_pid", process);
            }),
        };
    }
}
