using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

public sealed class OutboxClaimsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Relays_work_on_different_events_until_a_claim_ends(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind, 10);
        var db = server.Server.Services.GetRequiredService<Db>();
        var now = server.Clock.GetUtcNow();
        var (one, two, three) = (new OutboxClaims(db), new OutboxClaims(db), new OutboxClaims(db));

        var first = await IdsAsync(one, 4, now);
        var second = await IdsAsync(two, 4, now);
        var third = await IdsAsync(three, 4, now);
        Assert.Equal((4, 4, 2), (first.Count, second.Count, third.Count));
        Assert.Equal(Enumerable.Order([.. first, .. second, .. third]), first.Concat(second).Concat(third));
        Assert.Equal(10, first.Concat(second).Concat(third).Distinct().Count());

        // The second gives its claim up, having written nothing; the first and the third are dead.
        var batch = new SqlBatch();
        two.GiveUp(batch, now);
        await db.WriteAsync(batch);
        Assert.Equal(second, await IdsAsync(three, 4, now));
        Assert.Equal(first, await IdsAsync(two, 4, now.AddSeconds(6)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Of_two_that_work_on_the_same_events_one_delivers(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind, 5);
        var db = server.Server.Services.GetRequiredService<Db>();
        var now = server.Clock.GetUtcNow();
        var (slow, quick) = (new OutboxClaims(db), new OutboxClaims(db));
        var held = await slow.ClaimAsync(4, now, CancellationToken.None);
        var taken = await quick.ClaimAsync(2, now.AddSeconds(6), CancellationToken.None);
        Assert.Equal(held.Take(2), taken);

        await db.WriteAsync(Delivery(quick, taken, "quick"));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.WriteAsync(Delivery(slow, held, "slow")));

        Assert.Equal(DatabaseErrorKind.Overtaken, error.Kind);
        Assert.Equal(3, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
        Assert.Equal("quick", await db.OneAsync($"select name from flow", static row => row.GetString(0)));
        // What is left is free for the one that lost.
        Assert.Equal(3, (await slow.ClaimAsync(4, now.AddSeconds(6), CancellationToken.None)).Count);

        SqlBatch Delivery(OutboxClaims claims, List<OutboxRow> rows, string name)
        {
            var batch = new SqlBatch();
            batch.Execute($"insert into flow (id, created, updated, name, tags) values ({Guid.NewGuid()}, {now}, {now}, {name}, {Core.RawJson.EmptyArray})");
            claims.Take(batch, rows, now);
            return batch;
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_claim_by_a_clock_that_is_far_ahead_keeps_nobody_from_the_events(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind, 3);
        var db = server.Server.Services.GetRequiredService<Db>();
        var now = server.Clock.GetUtcNow();
        var ahead = await IdsAsync(new OutboxClaims(db), 3, now.AddMinutes(10));
        Assert.Equal(ahead, await IdsAsync(new OutboxClaims(db), 3, now));
    }

    private static async Task<List<long>> IdsAsync(OutboxClaims claims, int limit, DateTimeOffset now) =>
        (await claims.ClaimAsync(limit, now, CancellationToken.None)).ConvertAll(static row => row.Id);

    private static async Task<TestServer> StartAsync(DatabaseKind kind, int events)
    {
        var server = await TestServer.StartAsync(kind);
        await server.PostAsync("events", $"[{string.Join(',', Enumerable.Range(0, events).Select(static _ => Told.Event(Guid.NewGuid())))}]");
        Assert.Equal(events, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
        return server;
    }
}
