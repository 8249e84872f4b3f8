using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>Many holders of slots against three server processes over one PostgreSQL, which are killed, stopped and started again at random steps.</summary>
public sealed class SlotServersTests(ITestOutputHelper output)
{
    private const int Holders = 8;

    private static readonly bool Nightly = Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1";

    [Fact]
    public async Task No_slot_is_lost_or_given_twice_and_of_two_proposals_one_wins()
    {
        var (rounds, stepsOfRound) = Nightly ? (100, 1_000) : (4, 400);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var servers = await SlotServers.StartAsync();
        var deployments = await SetSceneAsync(servers, random);
        var book = new SlotBook(new Dictionary<string, int>
        {
            ["one"] = 1, ["three"] = 3, ["six"] = 6, ["tag:t"] = 4, ["old"] = 2, [SlotRuns.LimitOf(deployments[0])] = 5, [SlotRuns.LimitOf(deployments[1])] = 2,
        });
        var (steps, outcomes) = (new SlotSteps(), new ConcurrentDictionary<string, int>());
        var clients = Enumerable.Range(1, Holders).Select(i => new SlotClient(servers, book, new Random(seed + i), outcomes)).ToList();
        var runs = clients.ConvertAll(client => new SlotRuns(client, deployments));
        var holders = clients.Zip(runs, static (client, own) => new SlotHolder(client, own)).ToList();
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var work = holders.ConvertAll(async holder =>
                {
                    for (var i = 0; i < stepsOfRound / Holders; i++)
                    {
                        await holder.StepAsync();
                        steps.Add();
                    }
                });
                var all = Task.WhenAll(work);
                // Nobody waits for the steps of a holder that met a fault.
                Task MoreAsync(int more) => Task.WhenAny([steps.MoreAsync(more), all, .. work.Select(static one => one.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.NotOnRanToCompletion, TaskScheduler.Default))]);
                await MoreAsync(random.Next(stepsOfRound / 2));
                await servers.DisturbAsync(random, MoreAsync);
                await all;
                await CheckAsync(servers, book, random, $"seed {seed}, after round {round}");
                foreach (var each in runs) await each.CheckAsync();
            }
            foreach (var holder in holders) await holder.EndAsync();
            await CheckAsync(servers, book, random, $"seed {seed}, at the end");
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}, step {steps.Taken}, after {string.Join(", ", servers.Faults)}", error);
        }

        // What holders that died had is taken back by the servers.
        var database = servers.Database;
        await Eventually.GetAsync(
            "all holders gone", $"leases, seed {seed}", () => database.ScalarAsync<long>("select count(*) from reeve_concurrency_lease"), static left => left == 0, "none left");
        Assert.Equal(0, await database.ScalarAsync<long>("select sum(active_slots) from concurrency_limit_v2"));
        await CheckHistoryAsync(database, seed);
        await servers.EndAsync();
        Assert.Equal(0, await database.ScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
        output.WriteLine($"seed {seed}; {steps.Taken} steps; {string.Join(", ", servers.Faults.GroupBy(static fault => fault).Select(static fault => $"{fault.Key} {fault.Count()}"))}");
        foreach (var (outcome, times) in outcomes.OrderBy(static each => each.Key, StringComparer.Ordinal)) output.WriteLine($"{outcome}: {times}");
        foreach (var wanted in (string[])["acquire 200", "acquire 423", "renew 204", "release 204", "count 200", "start task run ACCEPT", "start task run WAIT", "SCHEDULED to PENDING ACCEPT", "SCHEDULED to PENDING REJECT", "race of 1 winners", "crash"])
        {
            Assert.True(outcomes.ContainsKey(wanted), $"seed {seed}: '{wanted}' never came");
        }
    }

    /// <summary>Limits that many want, one of a kind that only old installations have, and two deployments; their ids.</summary>
    private static async Task<Guid[]> SetSceneAsync(SlotServers servers, Random random)
    {
        foreach (var (name, limit) in new[] { ("one", 1), ("three", 3), ("six", 6), ("tag:t", 4) })
        {
            await servers.InsistAsync(random, HttpMethod.Post, "/v2/concurrency_limits/", $$"""{"name": "{{name}}", "limit": {{limit}}}""");
        }
        await servers.Database.ExecuteAsync("insert into concurrency_limit (tag, concurrency_limit, active_slots) values ('old', 2, '[]')");
        var flow = (await servers.InsistAsync(random, HttpMethod.Post, "/flows/", """{"name": "f"}""")).Body!["id"];
        var deployments = new List<Guid>();
        foreach (var (name, limit, strategy) in new[] { ("waits", 5, "ENQUEUE"), ("cancels", 2, "CANCEL_NEW") })
        {
            var body = $$$"""{"name": "{{{name}}}", "flow_id": "{{{flow}}}", "concurrency_limit": {{{limit}}}, "concurrency_options": {"collision_strategy": "{{{strategy}}}", "grace_period_seconds": 3600} }""";
            deployments.Add(Guid.Parse((string)(await servers.InsistAsync(random, HttpMethod.Post, "/deployments/", body)).Body!["id"]!));
        }
        return [.. deployments];
    }

    /// <summary>Compares the book with the rows, and gives back what nobody can know of who lost an answer or died.</summary>
    private static async Task CheckAsync(SlotServers servers, SlotBook book, Random random, string phase)
    {
        foreach (var (name, slots) in await book.CompareAsync(servers.Database, phase))
        {
            await servers.InsistAsync(random, HttpMethod.Post, "/v2/concurrency_limits/decrement", $$"""{"names": ["{{name}}"], "slots": {{slots}}}""");
        }
        Assert.Empty(await book.CompareAsync(servers.Database, $"{phase}, when all was given back"));
    }

    /// <summary>Each state of a run came of the one before and of no other, and was told once.</summary>
    private static async Task CheckHistoryAsync(TestDatabase database, int seed)
    {
        await Eventually.GetAsync(
            "delivery", $"outbox, seed {seed}", () => database.ScalarAsync<long>("select count(*) from reeve_outbox"), static left => left == 0, "empty", TimeSpan.FromMinutes(2));
        var faults = new StringBuilder();
        foreach (var (what, count) in new[]
        {
            ("states that two others came of", "select count(*) from (select follows from events where event like 'prefect.flow-run.%' and follows is not null group by follows having count(*) > 1) twice"),
            ("states that were not told of", "select count(*) from flow_run_state s where not exists (select 1 from events e where e.id = s.id)"),
            ("events of states that are not there", "select count(*) from events e where event like 'prefect.flow-run.%' and not exists (select 1 from flow_run_state s where s.id = e.id)"),
            ("runs that are not in their last state", "select count(*) from flow_run r where r.state_id <> (select s.id from flow_run_state s where s.flow_run_id = r.id order by s.timestamp desc limit 1)"),
            ("task runs that are not in their last state", "select count(*) from task_run r where r.state_id <> (select s.id from task_run_state s where s.task_run_id = r.id order by s.timestamp desc limit 1)"),
            ("runs that ran for less than nothing", "select count(*) from flow_run where total_run_time < interval '0'"),
            ("runs that did not run as often as they began to", "select count(*) from flow_run r where r.run_count <> (select count(*) from flow_run_state s where s.flow_run_id = r.id and s.type = 'RUNNING')"),
        })
        {
            var found = await database.ScalarAsync<long>(count);
            if (found > 0) faults.AppendLine(CultureInfo.InvariantCulture, $"{found} {what}");
        }
        Assert.True(faults.Length == 0, $"seed {seed}:\n{faults}");
    }
}
