using System.Data.Common;
using System.Globalization;
using Reeve.Testing;

namespace Reeve.Server.Tests.Concurrency;

/// <summary>
/// Many holders against three servers while time passes, which processes of their own (<c>SlotServersTests</c>) cannot be made to believe: leases end
/// by the clock and none before it, whatever dies; no slot is lost, none given twice, nobody waits in a circle.
/// </summary>
public sealed class SlotClusterTests(ITestOutputHelper output)
{
    private const int Actors = 6;
    private const int RoundSteps = 5;

    // Rows that count what no lease holds, or more than there is. One statement sees one moment.
    private const string Faults =
        """
        select l.name, l."limit", l.active_slots, coalesce(sum(h.slots), 0) as leased from concurrency_limit_v2 l
        left join reeve_concurrency_lease_limit m on m.limit_id = l.id left join reeve_concurrency_lease h on h.id = m.lease_id
        group by l.id having l.active_slots > l."limit" or l.active_slots <> coalesce(sum(h.slots), 0)
        """;

    private static int Steps => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 100_000 : 2_000;

    [Fact]
    public async Task Slots_add_up_whatever_dies()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        await using var cluster = await SlotCluster.StartAsync();
        var deployment = await SetSceneAsync(cluster);
        var actors = Enumerable.Range(0, Actors).Select(i => new SlotActor(cluster, deployment, seed + i)).ToList();

        for (var done = 0; done < Steps; done += Actors * RoundSteps)
        {
            var round = Task.WhenAll(actors.Select(async actor =>
            {
                for (var i = 0; i < RoundSteps; i++) await actor.StepAsync();
            }));
            // Something happens to the servers and holders while they work.
            var chance = random.Next(12);
            if (chance < 2) await cluster.RestartAsync(random.Next(3));
            else if (chance == 2) actors[random.Next(Actors)].Crash();
            else if (chance < 9) cluster.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 30)));
            await CheckAsync(cluster, $"seed {seed}, in the round of step {done}");
            await round;
            await CheckAsync(cluster, $"seed {seed}, after the round of step {done}");
            foreach (var lease in actors.SelectMany(static actor => actor.Held)) await ExistsAsync(cluster, lease, $"seed {seed}, step {done}");
        }

        var outcomes = actors.SelectMany(static actor => actor.Outcomes).GroupBy(static each => each.Key).ToDictionary(static each => each.Key, static each => each.Sum(static one => one.Value));
        foreach (var (outcome, times) in outcomes.OrderBy(static each => each.Key, StringComparer.Ordinal)) output.WriteLine($"{outcome}: {times}");
        foreach (var wanted in (string[])["increment-with-lease 200", "increment-with-lease 423", "renew 204", "decrement-with-lease 204", "increment 200", "set_state ACCEPT", "set_state REJECT"])
        {
            Assert.True(outcomes.ContainsKey(wanted), $"seed {seed}: '{wanted}' never came");
        }

        foreach (var body in actors.SelectMany(static actor => actor.Doubtful)) await cluster.First.PostAsync("concurrency_limits/decrement", body);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await Eventually.GetAsync(
            "all holders gone", $"leases, seed {seed}",
            async () =>
            {
                cluster.Clock.Advance(TimeSpan.FromSeconds(15));
                return await cluster.First.Database.ScalarAsync<long>("select count(*) from reeve_concurrency_lease");
            },
            static left => left == 0, "none left");
        Assert.Equal(0, await cluster.First.Database.ScalarAsync<long>("select sum(active_slots) from concurrency_limit_v2"));
        for (var i = 0; i < 3; i++) await cluster.KillAsync(i);
        Assert.Equal(0, await cluster.First.Database.ScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    private static async Task<Guid> SetSceneAsync(SlotCluster cluster)
    {
        foreach (var (name, limit) in new[] { ("one", 1), ("two", 2), ("three", 3), ("tag:t", 2) })
        {
            await cluster.First.PostAsync("v2/concurrency_limits/", $$"""{"name":"{{name}}","limit":{{limit}}}""");
        }
        var (_, flow) = await cluster.First.PostAsync("flows/", """{"name":"f"}""");
        var (_, deployment) = await cluster.First.PostAsync(
            "deployments/",
            $$"""{"name":"d","flow_id":"{{flow!["id"]}}","concurrency_limit":2,"concurrency_options":{"collision_strategy":"ENQUEUE","grace_period_seconds":60} }""");
        return Guid.Parse((string)deployment!["id"]!);
    }

    private static async Task CheckAsync(SlotCluster cluster, string phase)
    {
        await using var connection = await cluster.First.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Faults;
        await using DbDataReader rows = await command.ExecuteReaderAsync();
        var faults = new List<string>();
        while (await rows.ReadAsync())
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{rows[0]}: limit {rows[1]}, counted {rows[2]}, leased {rows[3]}"));
        }
        Assert.True(faults.Count == 0, $"{phase}: {string.Join("; ", faults)}");
    }

    private static async Task ExistsAsync(SlotCluster cluster, Guid lease, string phase) => Assert.True(
        await cluster.First.Database.ScalarAsync<bool>($"select exists (select 1 from reeve_concurrency_lease where id = '{lease}')"),
        $"{phase}: lease {lease} was confirmed and is not there");
}
