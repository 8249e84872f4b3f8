using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Server.Processes;
using Reeve.Server.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.Concurrency;

/// <summary>Random sequences in virtual time: every answer and every row is what the pure slot maths says.</summary>
public sealed class SlotPropertyTests
{
    private const int Steps = 30;

    private static int Samples => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 1_000 : 20;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Rows_follow_the_slot_maths_and_no_limit_is_exceeded(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        // What it told of its clock before this test moved it would make the Repossessor wait: by itself a clock cannot be ahead.
        await server.Server.Services.GetRequiredService<ProcessBeats>().StopAsync(default);
        await Gen.Int[0, int.MaxValue].SampleAsync(seed => RunAsync(server, new Random(seed), seed), iter: Samples, threads: 1);
    }

    private static async Task RunAsync(TestServer server, Random random, int seed)
    {
        // Nothing is left of the sample before: its leases would end in this one's time.
        await server.Database.ExecuteAsync("delete from reeve_concurrency_lease; delete from concurrency_limit_v2");
        var model = new SlotModel();
        foreach (var name in (string[])["a", "b", "rate", "tag:t"])
        {
            var decay = name == "rate" ? 0.01 + random.NextDouble() : 0;
            var limit = random.Next(1, 5);
            var text = decay.ToString("R", CultureInfo.InvariantCulture);
            var (_, made) = await server.PostAsync("v2/concurrency_limits/", $$"""{"name":"{{name}}","limit":{{limit}},"slot_decay_per_second":{{text}}}""");
            model.Limits[name] = new SlotLimit
            {
                Id = Guid.Parse((string)made!["id"]!), Name = name, Limit = limit, SlotDecayPerSecond = decay, Updated = server.Clock.GetUtcNow(),
            };
        }
        for (var step = 0; step < Steps; step++)
        {
            var what = await StepAsync(server, model, random);
            foreach (var (name, expected) in model.Limits.ToList()) await CompareAsync(server, model, name, expected, $"seed {seed}, step {step}: {what}");
        }
    }

    private static async Task<string> StepAsync(TestServer server, SlotModel model, Random random)
    {
        var now = server.Clock.GetUtcNow();
        string[] names = [.. model.Limits.Keys.OrderBy(_ => random.Next()).Take(random.Next(1, 3))];
        var slots = random.Next(1, 4);
        var lease = model.Leases.Count == 0 || random.Next(8) == 0 ? Guid.NewGuid() : model.Leases.Keys.ElementAt(random.Next(model.Leases.Count));
        var asked = new JsonObject { ["slots"] = slots, ["names"] = new JsonArray([.. names.Select(static name => (JsonNode)name)]) };
        switch (random.Next(9))
        {
            case 0 or 1:
                asked["lease_duration"] = 60 + slots;
                var (leased, answer) = await server.PostAsync("v2/concurrency_limits/increment-with-lease", asked.ToJsonString());
                Assert.Equal(model.Take(names, slots, now), leased);
                if (leased == 200) model.Lease(Guid.Parse((string)answer!["lease_id"]!), names, slots, now, 60 + slots);
                return $"lease {slots} of {string.Join('+', names)}: {leased}";
            case 2:
                var (counted, _) = await server.PostAsync("v2/concurrency_limits/increment", asked.ToJsonString());
                Assert.Equal(model.Take(names, slots, now), counted);
                return $"count {slots} of {string.Join('+', names)}: {counted}";
            case 3:
                var (given, _) = await server.PostAsync("v2/concurrency_limits/decrement", asked.ToJsonString());
                Assert.Equal(200, given);
                model.GiveBack(names, slots, now);
                return $"give back {slots} of {string.Join('+', names)}";
            case 4:
                var (released, _) = await server.PostAsync("v2/concurrency_limits/decrement-with-lease", $$"""{"lease_id":"{{lease}}"}""");
                Assert.Equal(204, released);
                model.Release(lease, now);
                return $"release {lease}";
            case 5:
                var (renewed, _) = await server.PostAsync($"v2/concurrency_limits/leases/{lease}/renew", """{"lease_duration":90}""");
                Assert.Equal(model.Renew(lease, now, 90), renewed);
                return $"renew {lease}: {renewed}";
            case 6:
                var repossessor = server.Server.Services.GetServices<Service>().Single(service => service.Name == "Repossessor");
                var outcome = await repossessor.RunOnceAsync(CancellationToken.None);
                Assert.Equal(model.Repossess(now), outcome.Items);
                return $"repossess {outcome.Items}";
            case 7:
                var on = random.Next(4) > 0;
                await server.PatchAsync($"v2/concurrency_limits/{names[0]}", $$"""{"active":{{(on ? "true" : "false")}}}""");
                model.Limits[names[0]] = model.Limits[names[0]] with { Active = on, Updated = now };
                return $"switch {names[0]} {(on ? "on" : "off")}";
            default:
                var passed = TimeSpan.FromMilliseconds(random.Next(1, 40_000));
                server.Clock.Advance(passed);
                return $"pass {passed}";
        }
    }

    private static async Task CompareAsync(TestServer server, SlotModel model, string name, SlotLimit expected, string what)
    {
        await using var connection = await server.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select active_slots, denied_slots, avg_slot_occupancy_seconds, updated from concurrency_limit_v2 where name = '{name}'";
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync(), what);
        var actual = (Active: Convert.ToInt32(row[0], CultureInfo.InvariantCulture), Denied: Convert.ToInt32(row[1], CultureInfo.InvariantCulture));
        Assert.True((expected.ActiveSlots, expected.DeniedSlots) == actual, $"{what}: {name} should be {expected}, is {actual}");
        Assert.True(Math.Abs(expected.AvgSlotOccupancySeconds - row.GetDouble(2)) < 1e-2, $"{what}: {name} should have held {expected}, did {row[2]}");
        Assert.True(actual.Active <= expected.Limit, $"{what}: {name} is over its limit: {actual} of {expected.Limit}");
        // SQLite keeps milliseconds of the instants it reckons itself.
        var updated = row[3] is DateTime exact
            ? new DateTimeOffset(DateTime.SpecifyKind(exact, DateTimeKind.Utc))
            : DateTimeOffset.Parse(row.GetString(3), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.True((expected.Updated - updated).Duration() < TimeSpan.FromMilliseconds(2), $"{what}: {name} should be of {expected.Updated:O}, is of {updated:O}");
        model.Limits[name] = expected with { Updated = updated };
        var (_, leased) = await Slots.OfAsync(server, name);
        Assert.Equal(model.Leased(name), leased);
        if (expected.SlotDecayPerSecond == 0) Assert.True(actual.Active >= leased, $"{what}: {name} counts {actual.Active} of {leased} that leases hold");
    }
}
