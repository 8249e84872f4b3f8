using System.Text.Json.Nodes;
using Reeve.Server.Tests.FlowRuns;
using Reeve.Server.Tests.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.Deployments;

/// <summary>Schedules are edited at random while schedulers run: when they have ended there is each run that should be, once, and no other.</summary>
public sealed class ScheduleEditsTests
{
    private const int Deployments = 4;

    private static readonly bool IsNightly = Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Random_edits_leave_no_duplicate_and_no_gap(DatabaseKind kind)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var server = await TestServer.StartAsync(kind);
        var flow = await Runs.FlowAsync(server);
        var ids = new List<string>();
        for (var i = 0; i < Deployments; i++)
        {
            var (_, made) = await server.PostAsync("deployments/", $$$"""{"name":"d{{{i}}}","flow_id":"{{{flow}}}","schedules":[{{{Schedule(random)}}}]}""");
            ids.Add((string)made!["id"]!);
        }
        await using var first = new Replica(server, TimeSpan.Zero, seed + 1);
        await using var second = new Replica(server, TimeSpan.Zero, seed + 2);
        // Few edits a round: what the last edits before the schedulers stop leave behind is what a race between them shows.
        for (var round = 0; round < (IsNightly ? 1_000 : 15); round++)
        {
            using var stop = new CancellationTokenSource();
            var schedulers = new[] { first, second }.Select(replica => Task.Run(() => ScheduleAsync(replica, stop.Token))).ToArray();
            for (var edit = 0; edit < 10; edit++)
            {
                // No two edits of the real world are at the same instant.
                foreach (var clock in (TestClock[])[server.Clock, first.Clock, second.Clock]) clock.Advance(TimeSpan.FromMilliseconds(1));
                await EditAsync(server, ids[random.Next(Deployments)], random);
            }
            await stop.CancelAsync();
            await Task.WhenAll(schedulers);
            foreach (var replica in (Replica[])[first, second]) await replica.PassAsync("Scheduler");
            await CheckAsync(server, ids, seed, first.Clock.GetUtcNow());
        }
    }

    private static async Task ScheduleAsync(Replica replica, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) await replica.PassAsync("Scheduler");
    }

    private static string Schedule(Random random, bool active = true) =>
        $$$"""{"active":{{{(active ? "true" : "false")}}},"schedule":{"interval":{{{600 * random.Next(1, 7)}}},"anchor_date":"2026-01-01T00:00:00Z"}}""";

    private static async Task EditAsync(TestServer server, string id, Random random)
    {
        var (_, deployment) = await server.GetAsync($"deployments/{id}");
        var schedules = deployment!["schedules"]!.AsArray();
        var (status, answer) = random.Next(7) switch
        {
            0 when schedules.Count > 0 => await server.PatchAsync($"deployments/{id}/schedules/{Any(schedules, random)}", Schedule(random, random.Next(3) > 0)),
            1 when schedules.Count > 1 => await server.DeleteAsync($"deployments/{id}/schedules/{Any(schedules, random)}"),
            2 when schedules.Count < 3 => await server.PostAsync($"deployments/{id}/schedules", $"[{Schedule(random)}]"),
            3 => await server.PostAsync($"deployments/{id}/pause_deployment"),
            4 => await server.PatchAsync($"deployments/{id}", $$"""{"schedules":[{{Schedule(random)}}]}"""),
            5 => await server.PatchAsync($"deployments/{id}", $$$"""{"parameters":{"n":{{{random.Next(100)}}}}}"""),
            _ => await server.PostAsync($"deployments/{id}/resume_deployment"),
        };
        Assert.True(status is >= 200 and < 300, $"{status}: {answer}");
    }

    private static JsonNode Any(JsonArray schedules, Random random) => schedules[random.Next(schedules.Count)]!["id"]!;

    private static async Task CheckAsync(TestServer server, List<string> ids, int seed, DateTimeOffset now)
    {
        foreach (var id in ids)
        {
            var (_, deployment) = await server.GetAsync($"deployments/{id}");
            var (_, found) = await server.PostAsync("flow_runs/filter", $$$$"""{"deployments":{"id":{"any_":["{{{{id}}}}"]}},"limit":200,"sort":"NEXT_SCHEDULED_START_TIME_ASC"}""");
            var runs = found!.AsArray().Select(run => (Schedule: (string)run!["created_by"]!["id"]!, At: DateTimeOffset.Parse((string)run["expected_start_time"]!, System.Globalization.CultureInfo.InvariantCulture))).ToList();
            Assert.True(runs.Count == runs.Distinct().Count(), $"seed {seed}: a duplicate among the runs of {id}");
            var isPaused = (bool)deployment!["paused"]!;
            var active = deployment["schedules"]!.AsArray().Where(schedule => !isPaused && (bool)schedule!["active"]!).ToDictionary(schedule => (string)schedule!["id"]!, schedule => (double)schedule!["schedule"]!["interval"]!);
            // What is due already is a worker's: edits take back only what is still to come.
            runs.RemoveAll(run => run.At <= now);
            Assert.True(runs.All(run => active.ContainsKey(run.Schedule)), $"seed {seed}: a run of a schedule that {id} has no more");
            foreach (var (schedule, seconds) in active)
            {
                var at = runs.Where(run => run.Schedule == schedule).Select(run => run.At).ToList();
                var interval = TimeSpan.FromSeconds(seconds);
                Assert.True(at.Count >= 3 && at[^1] >= now.AddHours(1) && at[0] - now < interval, $"seed {seed}: too few runs of {schedule}");
                Assert.True(at.Zip(at.Skip(1)).All(pair => pair.Second - pair.First == interval), $"seed {seed}: a gap in {schedule}");
                Assert.All(at, one => Assert.Equal(0, (one - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds % seconds));
            }
        }
    }
}
