using Microsoft.Extensions.DependencyInjection;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Tests.Services;
using Reeve.Server.WorkPools.Cleanup;
using Reeve.Testing;

namespace Reeve.Server.Tests.WorkPools;

public sealed class WorkerCleanupTests
{
    private static readonly Guid Pool = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Queue = new("00000000-0000-4000-8000-000000000002");
    private static readonly string[] Kinds = [CleanupOrder.CancellingTimeoutTeardown];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_order_goes_to_one_worker_at_a_time_and_only_its_token_confirms_it(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var store = server.Server.Services.GetRequiredService<WorkerCleanupStore>();
        var now = server.Clock.GetUtcNow();
        var id = await EnqueueAsync(server, "a");
        await EnqueueAsync(server, "a");

        Assert.Null(await store.ReserveAsync(Pool, ["other"], null, now, default));
        Assert.Null(await store.ReserveAsync(Pool, Kinds, [Guid.NewGuid()], now, default));
        var handed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => store.ReserveAsync(Pool, Kinds, [Queue], now, default))));
        var held = Assert.Single(handed, one => one is not null)!;

        Assert.Equal((id, 1, now.AddSeconds(30)), (held.Order.Id, held.Order.DeliveryCount, held.LeaseExpiresAt));
        Assert.Equal("invalid_token", (await store.AckAsync(Pool, id, "wrong", now, default)).Status);
        Assert.Equal("unauthorized", (await store.AckAsync(Guid.NewGuid(), id, held.Token, now, default)).Status);
        Assert.Equal("not_found", (await store.AckAsync(Pool, Guid.NewGuid(), held.Token, now, default)).Status);
        Assert.Equal(now.AddSeconds(50), (await store.RenewAsync(Pool, id, held.Token, now.AddSeconds(20), default)).LeaseExpiresAt);
        Assert.Equal(CleanupResult.Accepted, await store.AckAsync(Pool, id, held.Token, now.AddSeconds(49), default));
        Assert.Equal("not_found", (await store.AckAsync(Pool, id, held.Token, now, default)).Status);
        await EnqueueAsync(server, "a");
        Assert.Null(await store.ReserveAsync(Pool, Kinds, null, now, default));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_order_that_nobody_confirms_is_handed_out_three_times_and_then_set_aside(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var store = server.Server.Services.GetRequiredService<WorkerCleanupStore>();
        var id = await EnqueueAsync(server, "a");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            var held = await store.ReserveAsync(Pool, Kinds, null, server.Clock.GetUtcNow(), default);
            Assert.Equal(delivery, held!.Order.DeliveryCount);
            Assert.Equal(held.LeaseExpiresAt, (await server.PassAsync("CleanupReconciler")).NextDue);
            await Beats.AdvanceAsync(server, TimeSpan.FromSeconds(30));
            Assert.Equal(1, (await server.PassAsync("CleanupReconciler")).Items);
            Assert.NotEqual("accepted", (await store.AckAsync(Pool, id, held.Token, server.Clock.GetUtcNow(), default)).Status);
        }
        Assert.Null(await store.ReserveAsync(Pool, Kinds, null, server.Clock.GetUtcNow(), default));
        Assert.Equal("max_delivery_attempts_reached", await server.Database.ScalarAsync<string>("select reason from reeve_worker_cleanup where status = 'dead'"));
        server.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, (await server.PassAsync("CleanupReconciler")).Items);
        Assert.Equal(0L, await server.Database.ScalarAsync<long>("select count(*) from reeve_worker_cleanup"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_order_given_back_or_confirmed_too_late_goes_to_the_next(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var store = server.Server.Services.GetRequiredService<WorkerCleanupStore>();
        var now = server.Clock.GetUtcNow();
        var id = await EnqueueAsync(server, "a");
        var first = await store.ReserveAsync(Pool, Kinds, null, now, default);
        Assert.Equal("accepted", (await store.ReleaseAsync(Pool, id, first!.Token, "busy", now, default)).Status);
        Assert.Equal("not_current", (await store.ReleaseAsync(Pool, id, first.Token, "busy", now, default)).Status);
        var second = await store.ReserveAsync(Pool, Kinds, null, now, default);
        Assert.Equal(("expired", "lease_expired"), Both(await store.AckAsync(Pool, id, second!.Token, now.AddSeconds(30), default)));
        var third = await store.ReserveAsync(Pool, Kinds, null, now, default);
        Assert.Equal(("dead_lettered", "max_delivery_attempts_reached"), Both(await store.ReleaseAsync(Pool, id, third!.Token, "busy", now, default)));
    }

    /// <summary>What a server gave whose clock is two minutes behind ends by that clock, whichever server is asked.</summary>
    [Fact]
    public async Task No_clock_that_is_ahead_ends_a_reservation_early()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var store = server.Server.Services.GetRequiredService<WorkerCleanupStore>();
        var now = server.Clock.GetUtcNow();
        var behind = TimeSpan.FromMinutes(2);
        var id = await EnqueueAsync(server, "a");
        var held = await store.ReserveAsync(Pool, Kinds, null, now - behind, default);
        Assert.Equal(now.AddSeconds(-90), held!.LeaseExpiresAt);

        await Beats.OtherClockAsync(server, now, behind);
        var early = await store.ExpireAsync(10, now, default);
        Assert.Equal(0, early.Redelivered);
        // Real time passes between what one process tells of its clock and what another does with it.
        Assert.InRange(early.NextDue!.Value, now.AddSeconds(-10), now.AddSeconds(31));
        Assert.Equal("accepted", (await store.RenewAsync(Pool, id, held.Token, now - behind, default)).Status);
        Assert.Equal(CleanupResult.Accepted, await store.AckAsync(Pool, id, held.Token, now, default));

        await EnqueueAsync(server, "b", new Guid("00000000-0000-4000-8000-000000000004"));
        await store.ReserveAsync(Pool, Kinds, null, now - behind, default);
        await Beats.OtherClockAsync(server, now.AddMinutes(2), behind);
        Assert.Equal(1, (await store.ExpireAsync(10, now.AddMinutes(2), default)).Redelivered);
    }

    private static (string, string?) Both(CleanupResult result) => (result.Status, result.Reason);

    private static async Task<Guid> EnqueueAsync(TestServer server, string key, Guid? id = null)
    {
        var order = new CleanupOrder
        {
            Id = id ?? new Guid("00000000-0000-4000-8000-000000000003"), IdempotencyKey = key, WorkPoolId = Pool, WorkQueueId = Queue,
            Kind = CleanupOrder.CancellingTimeoutTeardown, Target = RawJson.EmptyObject,
        };
        var batch = new SqlBatch();
        WorkerCleanupStore.Enqueue(batch, order, server.Clock.GetUtcNow(), $"true");
        await server.Server.Services.GetRequiredService<Db>().WriteAsync(batch);
        return order.Id;
    }
}
