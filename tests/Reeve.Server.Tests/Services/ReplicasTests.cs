using System.Globalization;
using Reeve.Server.Tests.FlowRuns;
using Reeve.Testing;

namespace Reeve.Server.Tests.Services;

public sealed class ReplicasTests
{
    private static readonly bool IsNightly = Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1";

    private static readonly string[] All = ["Scheduler", "MarkLateRuns", "FailExpiredPauses", "CancellationCleanup", "Foreman", "CleanupReconciler"];

    /// <summary>
    /// Four replicas of everything, their clocks up to 30 s apart, dying in the middle of their work and held still for a while: each instant has
    /// exactly one run, each of them becomes late exactly once and that is told once.
    /// </summary>
    [Fact]
    public async Task Four_replicas_that_die_and_disagree_on_the_time_make_each_run_once_and_mark_it_late_once()
    {
        var seed = Environment.TickCount;
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var flow = await Runs.FlowAsync(server);
        for (var i = 0; i < 5; i++)
        {
            await server.PostAsync("deployments/",
                $$$"""{"name":"d{{{i}}}","flow_id":"{{{flow}}}","schedules":[{"schedule":{"interval":600,"anchor_date":"2026-01-01T00:00:00Z"}}]}""");
        }
        var random = new Random(seed);
        var replicas = Enumerable.Range(0, 4).Select(i => new Replica(server, TimeSpan.FromSeconds((i - 1.5) * 20), seed + i)).ToArray();
        try
        {
            for (var round = 0; round < (IsNightly ? 600 : 8); round++)
            {
                foreach (var replica in replicas) replica.Deaths = 30;
                var held = random.Next(replicas.Length + 1);
                await RoundAsync(replicas.Where((_, i) => i != held));
                foreach (var replica in replicas) replica.Clock.Advance(TimeSpan.FromMinutes(7));
            }
            foreach (var replica in replicas) replica.Deaths = 0;
            await RoundAsync(replicas);
            await RoundAsync(replicas);
            await CheckAsync(server, replicas.Min(replica => replica.Clock.GetUtcNow()), seed);
        }
        finally
        {
            foreach (var replica in replicas) await replica.DisposeAsync();
        }
    }

    private static Task RoundAsync(IEnumerable<Replica> replicas) => Task.WhenAll(replicas.Select(replica => Task.Run(() => replica.PassAsync(All))));

    private static async Task CheckAsync(TestServer server, DateTimeOffset now, int seed)
    {
        var runs = new List<(Guid Deployment, DateTime At, string State, long Lates, long Told)>();
        await using var connection = await server.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            select r.deployment_id, r.next_scheduled_start_time, r.state_name,
                (select count(*) from flow_run_state s where s.flow_run_id = r.id and s.name = 'Late'),
                (select count(*) from reeve_outbox o where o.event ->> 'event' = 'prefect.flow-run.Late'
                    and o.event -> 'resource' ->> 'prefect.resource.id' = 'prefect.flow-run.' || r.id)
            from flow_run r order by r.deployment_id, r.next_scheduled_start_time
            """;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) runs.Add((rows.GetGuid(0), rows.GetDateTime(1), rows.GetString(2), rows.GetInt64(3), rows.GetInt64(4)));
        Assert.Equal(5, runs.Select(run => run.Deployment).Distinct().Count());
        foreach (var ofOne in runs.GroupBy(run => run.Deployment))
        {
            var at = ofOne.Select(run => run.At).ToList();
            Assert.True(at.Zip(at.Skip(1)).All(pair => pair.Second - pair.First == TimeSpan.FromMinutes(10)), $"seed {seed}: a gap or a second run in {string.Join(", ", at)}");
            Assert.True(at[^1] > now.UtcDateTime.AddHours(1), $"seed {seed}: runs end at {at[^1].ToString("O", CultureInfo.InvariantCulture)}");
        }
        foreach (var run in runs)
        {
            var isLate = run.At <= now.UtcDateTime.AddSeconds(-15);
            Assert.True(run.Lates <= 1 && run.Told == run.Lates, $"seed {seed}: the run of {run.At:O} was marked late {run.Lates} times and told so {run.Told} times");
            Assert.True(!isLate || run.State == "Late", $"seed {seed}: the run of {run.At:O} is {run.State}");
        }
    }
}
