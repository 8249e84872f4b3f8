using System.Text.Json;
using Reeve.Contract.Json;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.WorkPools.Cleanup;

namespace Reeve.Server.WorkPools.Channel;

/// <summary>One open channel, from ready to its end.</summary>
internal sealed class WorkerChannelSession(
    Db db, ChannelSetup setup, WorkPoolStore pools, WorkerCleanupStore orders, CleanupInFlight inFlight, TimeProvider clock,
    ApiSocket socket, WorkerHello hello, WorkPoolRecord initial, List<(Guid Id, string Name)> queues, DbSignalWaiter changes)
{
    /// <summary>Changes that come together are one picture.</summary>
    private static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(50);

    /// <summary>Only for signals that got lost.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _showing = new(1, 1);
    private readonly WorkPoolRecord _pool = initial;
    private WorkPoolRecord? _changed;
    private int _sequence = 1;

    public async Task RunAsync()
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(socket.Cancel);
        using var waiting = db.Signals.Listen(DbTopics.WorkerCleanup);
        await SendAsync("worker.ready.v1", WriteReady);
        var reading = ReadAsync(ends.Token);
        Task[] tasks = [reading, ShowChangesAsync(ends.Token), hello.TakesCleanup ? HandOutAsync(waiting, ends.Token) : reading];
        try
        {
            await await Task.WhenAny(tasks);
        }
        finally
        {
            await ends.CancelAsync();
            inFlight.Forget(clock.GetUtcNow());
            // A read ends with the connection; the others at once.
            await Task.WhenAll(tasks.Skip(1).Where(task => task != reading)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        while (await socket.ReceiveAsync() is { } message)
        {
            var frame = ChannelFrame.Read(message);
            if (frame.Type == "worker.heartbeat.v1") await HeartbeatAsync(frame, cancel);
            else await AnswerAsync(frame, cancel);
        }
    }

    private async Task HeartbeatAsync(ChannelFrame frame, CancellationToken cancel)
    {
        if (!hello.IsSame(frame.Payload)) throw ChannelClosedException.Protocol;
        var now = await setup.HeartbeatAsync(_pool, hello, cancel);
        if (now.Wire.Updated != (_changed ?? _pool).Wire.Updated) await ShowAsync("heartbeat_reconciliation", static (_, _) => true, cancel);
    }

    private async Task AnswerAsync(ChannelFrame frame, CancellationToken cancel)
    {
        var operation = frame.Type switch
        {
            "cleanup.ack.v1" => "ack",
            "cleanup.release.v1" => "release",
            "cleanup.renew.v1" => "renew",
            _ => throw ChannelClosedException.Protocol,
        };
        var fields = operation == "release"
            ? new ChannelFields(frame.Payload, "message_id", "reservation_token", "reason")
            : new ChannelFields(frame.Payload, "message_id", "reservation_token");
        var order = fields.Id("message_id");
        var token = fields.Text("reservation_token");
        var reason = operation == "release" ? fields.Text("reason") : "";
        var result = await ChangeAsync(operation, order, token, reason, cancel);
        if (result.Status == "accepted" && result.LeaseExpiresAt is { } until) inFlight.Hold(_pool.Id, hello, order, until);
        else if (result.Status is "accepted" or "expired" or "dead_lettered") inFlight.Release(_pool.Id, hello, order);
        await SendAsync("cleanup.operation_result.v1", writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("request_frame_id", frame.Id);
            writer.WriteString("message_id", order);
            writer.WriteString("operation", operation);
            writer.WriteString("status", result.Status);
            if (result.LeaseExpiresAt is { } leased) writer.WriteString("lease_expires_at", WireInstant.Format(leased));
            else writer.WriteNull("lease_expires_at");
            writer.WriteString("reason", result.Reason);
            writer.WriteNull("detail");
            writer.WriteEndObject();
        });
        // There may be room for the next.
        db.Signals.Raise(DbTopics.WorkerCleanup);
    }

    private async Task<CleanupResult> ChangeAsync(string operation, Guid order, string token, string reason, CancellationToken cancel)
    {
        if (!hello.TakesCleanup) return new CleanupResult("unauthorized", "cleanup_delivery_not_accepted");
        var now = clock.GetUtcNow();
        try
        {
            return operation switch
            {
                "ack" => await orders.AckAsync(_pool.Id, order, token, now, cancel),
                "release" => await orders.ReleaseAsync(_pool.Id, order, token, reason, now, cancel),
                _ => await orders.RenewAsync(_pool.Id, order, token, now, cancel),
            };
        }
        catch (DatabaseException)
        {
            return new CleanupResult("error", "cleanup_queue_operation_failed");
        }
    }

    private async Task ShowChangesAsync(CancellationToken cancel)
    {
        while (true)
        {
            await changes.WaitAsync(Timeout.InfiniteTimeSpan, clock, cancel);
            await Task.Delay(Coalescing, clock, cancel);
            await ShowAsync("work_pool_updated", ChannelPool.IsChanged, cancel);
        }
    }

    /// <summary>Sends the pool as it is, if it differs from what the worker has seen by <paramref name="differs"/>.</summary>
    private async Task ShowAsync(string reason, Func<WorkPoolRecord, WorkPoolRecord, bool> differs, CancellationToken cancel)
    {
        await _showing.WaitAsync(cancel);
        try
        {
            var now = await pools.FindAsync(_pool.Id, cancel) ?? throw ChannelClosedException.Authorization;
            if (!differs(_changed ?? _pool, now)) return;
            _changed = now;
            _sequence++;
            await SendAsync("work_pool.snapshot.v1", writer => ChannelPool.WriteSnapshot(writer, _sequence, reason, now));
        }
        finally
        {
            _showing.Release();
        }
    }

    private async Task HandOutAsync(DbSignalWaiter waiting, CancellationToken cancel)
    {
        List<Guid>? own = hello.Queues.Count == 0 ? null : queues.ConvertAll(static queue => queue.Id);
        while (true)
        {
            var now = clock.GetUtcNow();
            if (inFlight.Count(_pool.Id, hello, now) < hello.MaxCleanup && await ReserveAsync(own, now, cancel) is { } reservation)
            {
                inFlight.Hold(_pool.Id, hello, reservation.Order.Id, reservation.LeaseExpiresAt);
                if (await SendAsync("cleanup.message.v1", writer => WriteOrder(writer, reservation))) continue;
                inFlight.Release(_pool.Id, hello, reservation.Order.Id);
                await orders.ReleaseAsync(_pool.Id, reservation.Order.Id, reservation.Token, "connection_unavailable", clock.GetUtcNow(), CancellationToken.None);
                return;
            }
            await waiting.WaitAsync(LookInterval, clock, cancel);
        }
    }

    /// <summary>Orders of the worker's own queues first, then any of the pool.</summary>
    private async Task<CleanupReservation?> ReserveAsync(List<Guid>? own, DateTimeOffset now, CancellationToken cancel)
    {
        if (own is not null && await orders.ReserveAsync(_pool.Id, hello.CleanupKinds, own, now, cancel) is { } reservation) return reservation;
        return await orders.ReserveAsync(_pool.Id, hello.CleanupKinds, null, now, cancel);
    }

    private Task<bool> SendAsync(string type, Action<Utf8JsonWriter> payload) => socket.SendAsync(ChannelFrame.Write(type, clock.GetUtcNow(), payload));

    private void WriteReady(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("consumer_id", hello.ConsumerId);
        writer.WriteNull("worker_id");
        writer.WriteString("selected_channel_version", WorkerHello.Version);
        writer.WriteNumber("effective_heartbeat_interval_seconds", hello.HeartbeatInterval);
        writer.WriteStrings("accepted_capabilities", hello.TakesCleanup
            ? [WorkerHello.HeartbeatCapability, WorkerHello.SnapshotCapability, WorkerHello.CleanupCapability]
            : [WorkerHello.HeartbeatCapability, WorkerHello.SnapshotCapability]);
        writer.WriteStrings("rejected_capabilities", hello.Rejected);
        writer.WriteNumber("effective_max_cleanup_concurrency", hello.TakesCleanup ? hello.MaxCleanup : 0);
        writer.WriteStartArray("resolved_work_queues");
        foreach (var (id, name) in queues)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("name", name);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WritePropertyName("initial_snapshot");
        ChannelPool.WriteSnapshot(writer, _sequence, "initial", _pool);
        writer.WriteEndObject();
    }

    private static void WriteOrder(Utf8JsonWriter writer, CleanupReservation reservation)
    {
        var order = reservation.Order;
        writer.WriteStartObject();
        writer.WriteString("message_id", order.Id);
        writer.WriteString("kind", order.Kind);
        writer.WriteString("reservation_token", reservation.Token);
        writer.WriteString("lease_expires_at", WireInstant.Format(reservation.LeaseExpiresAt));
        writer.WriteNumber("delivery_count", order.DeliveryCount);
        if (order.WorkQueueId is { } queue) writer.WriteString("work_queue_id", queue);
        else writer.WriteNull("work_queue_id");
        writer.WriteRaw("target", order.Target);
        writer.WriteRaw("data", order.Data);
        writer.WriteEndObject();
    }
}
