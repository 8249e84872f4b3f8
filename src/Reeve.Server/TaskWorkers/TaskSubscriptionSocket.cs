using System.Net.WebSockets;
using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.TaskRuns;
using Reeve.Data;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.TaskRuns;

namespace Reeve.Server.TaskWorkers;

/// <summary>
/// <c>/task_runs/subscriptions/scheduled</c>: background task runs, one after the other, each once the one before was
/// acknowledged. See websockets.md §4.2.
/// </summary>
internal sealed class TaskSubscriptionSocket(
    Db db, TaskDeliveryStore deliveries, TaskRunStore taskRuns, TaskWorkerRegistry workers, TaskWorkerStore allWorkers, TimeProvider clock)
{
    private const WebSocketCloseStatus Violation = (WebSocketCloseStatus)4001;

    /// <summary>How often a waiting worker is seen.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>Only for signals that got lost, and for leases that ended.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RenewInterval = TaskDeliveryStore.Lease / 3;

    public async Task RunAsync(ApiSocket socket)
    {
        if (await socket.ReceiveAsync() is not { } message) return;
        if (TaskSubscription.Read(message, out var problem) is not { } subscription)
        {
            if (problem is null) socket.Abort();
            else await socket.CloseAsync(Violation, problem);
            return;
        }
        var connection = Guid.NewGuid();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(socket.Cancel);
        var renewing = RenewAsync(connection, subscription, ends.Token);
        try
        {
            await allWorkers.ShowAsync(connection, subscription, clock.GetUtcNow(), socket.Cancel);
            await ServeAsync(socket, subscription, connection);
        }
        finally
        {
            await ends.CancelAsync();
            await renewing;
            workers.Forget(subscription.Client);
            // Without the connection's cancellation: what it held must be free again although it is gone.
            await deliveries.EndAsync(connection, CancellationToken.None);
            await allWorkers.ForgetAsync(connection, CancellationToken.None);
        }
    }

    private async Task ServeAsync(ApiSocket socket, TaskSubscription subscription, Guid connection)
    {
        using var waiter = db.Signals.Listen(DbTopics.BackgroundTasks);
        var reply = ReceiveAsync(socket);
        while (true)
        {
            if (await NextAsync(subscription, connection, waiter, reply, socket.Cancel) is not { } run) return;
            if (!await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(run, ReeveJson.TypeInfo<TaskRun>()))) return;
            switch (await reply)
            {
                case "ack":
                    await deliveries.AcknowledgeAsync(run.Id, connection, socket.Cancel);
                    workers.Observe(subscription.Client, [run.TaskKey], clock.GetUtcNow());
                    reply = ReceiveAsync(socket);
                    continue;
                case "quit":
                    return;
                case null:
                    return;
                default:
                    socket.Abort();
                    return;
            }
        }
    }

    /// <summary>The type of the next message, an empty text when it has none; null when the client is gone.</summary>
    private static async Task<string?> ReceiveAsync(ApiSocket socket) =>
        await socket.ReceiveAsync() is { } message ? TaskSubscription.Type(message) ?? "" : null;

    /// <summary>The next run for the worker; null when the client has gone meanwhile.</summary>
    private async Task<TaskRun?> NextAsync(
        TaskSubscription subscription, Guid connection, DbSignalWaiter waiter, Task<string?> reply, CancellationToken cancel)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            workers.Observe(subscription.Client, subscription.Keys, now);
            if (await deliveries.ClaimAsync(subscription.Keys, connection, subscription.Client, now, cancel) is { } id)
            {
                if (await taskRuns.FindAsync(id, now, cancel) is { } run) return run;
                continue;
            }
            for (var turn = TimeSpan.Zero; turn < LookInterval; turn += Turn)
            {
                var woken = waiter.WaitAsync(Turn, clock, cancel);
                await Task.WhenAny(woken, reply);
                if (reply.IsCompleted && await reply is null or "quit") return null;
                if (await woken) break;
                workers.Observe(subscription.Client, subscription.Keys, clock.GetUtcNow());
            }
        }
    }

    private async Task RenewAsync(Guid connection, TaskSubscription subscription, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewInterval, clock, cancel);
                try
                {
                    await deliveries.RenewAsync(connection, clock.GetUtcNow(), cancel);
                    await allWorkers.ShowAsync(connection, subscription, clock.GetUtcNow(), cancel);
                }
                catch (DatabaseException)
                {
                    // The lease outlasts two renewals that fail.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
    }
}
