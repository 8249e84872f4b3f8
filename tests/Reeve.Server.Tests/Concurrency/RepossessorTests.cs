using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Hosting;
using Reeve.Server.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.Concurrency;

public sealed class RepossessorTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Slots_of_leases_that_ended_come_back_and_renewed_leases_stay(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("v2/concurrency_limits/", """{"name":"a","limit":5}""");
        await server.PostAsync("v2/concurrency_limits/", """{"name":"b","limit":5}""");
        await Slots.AcquireAsync(server, """{"slots":2,"names":["a","b"],"lease_duration":60}""");
        var kept = await Slots.AcquireAsync(server, """{"slots":1,"names":["a"],"lease_duration":60}""");
        await Slots.AcquireAsync(server, """{"slots":1,"names":["unknown"],"lease_duration":60}""");
        await server.PostAsync("v2/concurrency_limits/increment", """{"slots":1,"names":["b"]}""");
        var repossessor = Find(server);

        var early = await repossessor.RunOnceAsync(CancellationToken.None);
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        await server.PostAsync($"v2/concurrency_limits/leases/{kept}/renew", """{"lease_duration":300}""");
        var late = await repossessor.RunOnceAsync(CancellationToken.None);
        var after = await repossessor.RunOnceAsync(CancellationToken.None);

        Assert.Equal((0, TestClock.Noon.AddSeconds(60)), (early.Items, early.NextDue));
        Assert.Equal((2, true), (late.Items, late.More));
        Assert.Equal((0, TestClock.Noon.AddSeconds(361)), (after.Items, after.NextDue));
        Assert.Equal(((1, 1), (1, 0)), (await Slots.OfAsync(server, "a"), await Slots.OfAsync(server, "b")));
        // 61 s over 2 slots are 30.5 s; (30.5 - 2) / (2 × 5) more than before.
        Assert.Equal(4.85, await server.Database.ScalarAsync<double>("select avg_slot_occupancy_seconds from concurrency_limit_v2 where name = 'b'"), 6);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Passes_in_several_processes_give_each_slot_back_once(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("v2/concurrency_limits/", """{"name":"a","limit":1000}""");
        await server.PostAsync("v2/concurrency_limits/increment", """{"slots":7,"names":["a"]}""");
        for (var i = 0; i < 250; i++) await Slots.AcquireAsync(server, """{"slots":2,"names":["a"],"lease_duration":60}""");
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        var repossessor = Find(server);

        var given = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var items = 0;
            while (await repossessor.RunOnceAsync(CancellationToken.None) is { More: true } outcome) items += outcome.Items;
            return items;
        }));

        Assert.Equal(250, given.Sum());
        Assert.Equal((7, 0), await Slots.OfAsync(server, "a"));
    }

    [Fact]
    public async Task It_wakes_when_the_next_lease_ends_without_being_told()
    {
        await using var server = await TestServer.StartAsync(
            DatabaseKind.Sqlite, new ServerRole { OnlyServices = ["Repossessor"] }, "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS=15");
        await server.PostAsync("v2/concurrency_limits/", """{"name":"a","limit":5}""");
        await Slots.AcquireAsync(server, """{"slots":2,"names":["a"],"lease_duration":60}""");

        await Eventually.TrueAsync(
            "repossession",
            "limit a",
            async () =>
            {
                server.Clock.Advance(TimeSpan.FromSeconds(5));
                return await Slots.OfAsync(server, "a") == (0, 0);
            },
            "no slot taken once the lease has ended");
    }

    private static Service Find(TestServer server) => server.Server.Services.GetServices<Service>().Single(service => service.Name == "Repossessor");
}
