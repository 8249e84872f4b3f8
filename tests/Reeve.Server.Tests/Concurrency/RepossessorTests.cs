using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Hosting;
using Reeve.Server.Services;
using Reeve.Server.Tests.Services;
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

    /// <summary>Processes whose clocks are minutes apart: what is over is told by the clock of whoever wrote it, and a clock behind is later by as much.</summary>
    [Theory]
    [InlineData(250, 0, 600)]
    [InlineData(0, 250, 600)]
    [InlineData(250, -250, 600)]
    [InlineData(-250, 0, 600)]
    [InlineData(-100, -250, 700)]
    public async Task No_clock_takes_a_lease_back_early(int seconds, int other, int expected)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        await using var ahead = new Replica(server, TimeSpan.FromSeconds(seconds), seed: 1);
        await using var third = new Replica(server, TimeSpan.FromSeconds(other), seed: 2);
        await server.PostAsync("v2/concurrency_limits/", """{"name":"a","limit":5}""");
        // Over at 590 s, between two looks that are far more apart than the machine is slow.
        await Slots.AcquireAsync(server, """{"slots":2,"names":["a"],"lease_duration":590}""");
        var passed = 0;
        while (passed < 1000 && await Slots.OfAsync(server, "a") != (0, 0))
        {
            passed += 50;
            await Beats.AdvanceAsync(server, TimeSpan.FromSeconds(50), ahead.Clock, third.Clock);
            await Task.WhenAll(ahead.PassAsync("Repossessor"), third.PassAsync("Repossessor"));
        }

        Assert.Equal(expected, passed);
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
