using System.Buffers.Text;
using System.Security.Cryptography;
using Reeve.Data;
using Reeve.Server.Processes;
using Reeve.Settings.Views;

namespace Reeve.Server.WorkPools.Cleanup;

/// <summary>
/// All SQL on <c>reeve_worker_cleanup</c>: the queue of orders to workers. Delivery is at least once; of an order there is
/// at most one reservation at a time, whoever hands it out. A lease is over when it is by the slowest clock of all processes:
/// none ends early because another process, whose clock is ahead, looks at it.
/// </summary>
internal sealed class WorkerCleanupStore(Db db, ServerSettings settings)
{
    public const string TooManyDeliveries = "max_delivery_attempts_reached";

    /// <summary>Finished orders are remembered so long where no setting says otherwise: far longer than anybody repeats one.</summary>
    private static readonly TimeSpan DefaultMemory = TimeSpan.FromDays(30);

    private static readonly SqlText Columns = new("id, idempotency_key, work_pool_id, work_queue_id, kind, target, data, delivery_count");

    private int MostDeliveries => settings.WorkerChannel.CleanupMaxDeliveryAttempts;

    /// <summary>Adds an order to the batch of the change that asks for it; one that is known already is left alone.</summary>
    public static void Enqueue(SqlBatch batch, CleanupOrder order, DateTimeOffset now, Sql condition)
    {
        batch.Execute(
            $"""
            insert into reeve_worker_cleanup (id, idempotency_key, work_pool_id, work_queue_id, kind, target, data, status, delivery_count, created, updated)
            select {order.Id:uuid}, {order.IdempotencyKey:text}, {order.WorkPoolId:uuid}, {order.WorkQueueId:uuid}, {order.Kind:text},
                {order.Target:jsonb}, {order.Data:jsonb}, 'queued', 0, {now:timestamptz}, {now:timestamptz}
            where {condition}
            on conflict do nothing
            """);
        batch.Signal(DbTopics.WorkerCleanup);
    }

    /// <summary>Hands out the oldest order that fits, or null. Its lease begins now.</summary>
    /// <param name="pool">The pool whose worker asks.</param>
    /// <param name="kinds">The kinds of order it can carry out.</param>
    /// <param name="queues">Only orders of these queues; null: of any queue or none.</param>
    /// <param name="now">The time of asking.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<CleanupReservation?> ReserveAsync(
        Guid pool, IReadOnlyCollection<string> kinds, IReadOnlyCollection<Guid>? queues, DateTimeOffset now, CancellationToken cancel)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var until = now + settings.WorkerChannel.CleanupLease;
        Sql ofQueues = queues is null ? (Sql)$"true" : (Sql)$"c.work_queue_id = any({queues})";
        var reserved = await db.ExecuteReturningAsync(
            $"""
            update reeve_worker_cleanup set status = 'reserved', delivery_count = delivery_count + 1, reservation_token = {token},
                lease_expires_at = {until}, updated = {now}
            where id = (
                select c.id from reeve_worker_cleanup c
                where c.work_pool_id = {pool} and c.status = 'queued' and c.kind = any({kinds}) and {ofQueues}
                order by c.created, c.id limit 1 for update skip locked)
            returning {Columns}
            """,
            Read, cancel);
        return reserved.Count == 0 ? null : new CleanupReservation(reserved[0], token, until);
    }

    /// <summary>The worker did it.</summary>
    public Task<CleanupResult> AckAsync(Guid pool, Guid order, string token, DateTimeOffset now, CancellationToken cancel) =>
        ChangeAsync(pool, order, token, now, (batch, _) =>
        {
            batch.Execute($"update reeve_worker_cleanup set status = 'acked', reservation_token = null, updated = {now} where id = {order}");
            return CleanupResult.Accepted;
        }, cancel);

    /// <summary>The worker gives it back; another, or the same, gets it unless it was handed out too often.</summary>
    public async Task<CleanupResult> ReleaseAsync(Guid pool, Guid order, string token, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        var result = await ChangeAsync(pool, order, token, now, (batch, deliveries) =>
        {
            Return(batch, order, deliveries, reason, now);
            return deliveries >= MostDeliveries ? CleanupResult.Dead : CleanupResult.Accepted;
        }, cancel);
        if (result == CleanupResult.Accepted) db.Signals.Raise(DbTopics.WorkerCleanup);
        return result;
    }

    /// <summary>The worker needs longer.</summary>
    public Task<CleanupResult> RenewAsync(Guid pool, Guid order, string token, DateTimeOffset now, CancellationToken cancel) =>
        ChangeAsync(pool, order, token, now, (batch, _) =>
        {
            var until = now + settings.WorkerChannel.CleanupLease;
            batch.Execute($"update reeve_worker_cleanup set lease_expires_at = {until}, updated = {now} where id = {order}");
            return CleanupResult.Accepted with { LeaseExpiresAt = until };
        }, cancel);

    /// <summary>Takes back up to <paramref name="limit"/> orders whose lease has ended. Any number of callers share them.</summary>
    public async Task<CleanupExpiry> ExpireAsync(int limit, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var expired = batch.List(
            $"""
            update reeve_worker_cleanup set status = case when delivery_count >= {MostDeliveries} then 'dead' else 'queued' end,
                reason = case when delivery_count >= {MostDeliveries} then {TooManyDeliveries:text} end,
                reservation_token = null, lease_expires_at = null, updated = {now}
            where id in (
                select c.id from reeve_worker_cleanup c where c.status = 'reserved' and c.lease_expires_at <= {ProcessStore.SlowestNow(db.Dialect, now)}
                order by c.lease_expires_at limit {limit} for update skip locked)
            returning status
            """,
            static row => row.GetString(0));
        var next = batch.One(
            $"select min(o.lease_expires_at), {ProcessStore.ClockLead(db.Dialect, now)} from reeve_worker_cleanup o where o.status = 'reserved'",
            static row => row.GetInstantOrNull(0) + TimeSpan.FromSeconds(row.GetDouble(1)));
        await db.WriteAsync(batch, cancel);
        var again = expired.Value.Count(static status => status == "queued");
        if (again > 0) db.Signals.Raise(DbTopics.WorkerCleanup);
        return new CleanupExpiry(again, expired.Value.Count - again, next.Value);
    }

    /// <summary>Forgets orders that have long been settled, and those that nobody has asked for in all that time.</summary>
    public Task<int> ForgetAsync(int limit, DateTimeOffset now, CancellationToken cancel)
    {
        var acked = now - (settings.WorkerChannel.CompletedIdempotencyRetention ?? DefaultMemory);
        return db.ExecuteAsync(
            $"""
            delete from reeve_worker_cleanup where id in (
                select c.id from reeve_worker_cleanup c
                where (c.status = 'acked' and c.updated <= {acked}) or (c.status <> 'reserved' and c.updated <= {now - DefaultMemory})
                order by c.updated limit {limit} for update skip locked)
            """,
            cancel);
    }

    private Task<CleanupResult> ChangeAsync(
        Guid pool, Guid order, string token, DateTimeOffset now, Func<SqlBatch, int, CleanupResult> change, CancellationToken cancel) =>
        Db.DecideAsync(async () =>
        {
            var held = await db.OneAsync(
                $"""
                select o.work_pool_id, o.status, o.reservation_token, o.lease_expires_at, o.delivery_count, {ProcessStore.ClockLead(db.Dialect, now)}
                from reeve_worker_cleanup o where o.id = {order}
                """,
                static row => ((Guid Pool, string Status, string? Token, DateTimeOffset? Until, int Deliveries, TimeSpan Lead)?)(
                    row.GetGuid(0), row.GetString(1), row.GetStringOrNull(2), row.GetInstantOrNull(3), row.GetInt32(4), TimeSpan.FromSeconds(row.GetDouble(5))),
                cancel);
            if (held is not { } found || found.Status is "acked" or "dead") return new CleanupResult("not_found", "message_not_found");
            if (found.Pool != pool) return new CleanupResult("unauthorized", "work_pool_mismatch");
            if (found.Status != "reserved") return new CleanupResult("not_current", "no_active_reservation");
            if (found.Token != token) return new CleanupResult("invalid_token", "reservation_token_mismatch");
            var batch = new SqlBatch();
            batch.Require(
                $"""
                exists (select 1 from (select o.id from reeve_worker_cleanup o
                    where o.id = {order} and o.status = 'reserved' and o.reservation_token = {token} and o.lease_expires_at = {found.Until} for update) held)
                """);
            CleanupResult result;
            if (found.Until + found.Lead > now) result = change(batch, found.Deliveries);
            else
            {
                Return(batch, order, found.Deliveries, null, now);
                result = found.Deliveries >= MostDeliveries ? CleanupResult.Dead : new CleanupResult("expired", "lease_expired");
            }
            await db.WriteAsync(batch, cancel);
            return result;
        });

    private void Return(SqlBatch batch, Guid order, int deliveries, string? reason, DateTimeOffset now)
    {
        var dead = deliveries >= MostDeliveries;
        batch.Execute(
            $"""
            update reeve_worker_cleanup set status = {(dead ? "dead" : "queued")}, reason = {(dead ? TooManyDeliveries : null)}, release_reason = {reason},
                reservation_token = null, lease_expires_at = null, updated = {now}
            where id = {order}
            """);
    }

    private static CleanupOrder Read(DbRow row) => new()
    {
        Id = row.GetGuid(0),
        IdempotencyKey = row.GetString(1),
        WorkPoolId = row.GetGuid(2),
        WorkQueueId = row.GetGuidOrNull(3),
        Kind = row.GetString(4),
        Target = row.GetJson(5),
        Data = row.GetJson(6),
        DeliveryCount = row.GetInt32(7),
    };
}
