using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>
/// The whole system with two of everything, while each part of it is killed, held still and started again in turn. A part that is back is in use again
/// within two of the intervals at which our processes say how they are.
/// </summary>
public sealed class ManyTests
{
    private const int Clients = 3;

    private static int Rounds => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 20 : 1;

    [Fact]
    public async Task Whatever_is_killed_or_held_still_nothing_accepted_is_lost_and_nothing_runs_twice()
    {
        await using var many = await ManyShape.StartAsync();
        await many.ReadyAsync(true, "start");
        using var api = new TestApi(many.Url);
        var ran = Path.Combine(many.Home.Path, "ran");
        var deployment = await api.DeploymentAsync("scheduled", "d", "p", $"echo $REEVE_FLOW_RUN_ID >> {ran}");
        await api.SendAsync(HttpMethod.Post, $"/deployments/{deployment}/schedules", """[{"schedule": {"interval": 2}, "active": true}]""");
        many.Home.Environment["PREFECT_WORKER_QUERY_SECONDS"] = "1";
        var worker = many.Home.Start("worker", "start", "--pool", "p");
        var flow = (string)(await api.PostAsync("/flows/", """{"name": "made"}"""))["id"]!;
        using var work = new ManyWorkload(many.Url, flow);
        using var sockets = new ManySockets(many.Url);
        using var stop = new CancellationTokenSource();
        using var deaf = new CancellationTokenSource();
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(_ => work.RunAsync(stop.Token)), sockets.SendAsync(stop.Token)];
        var readers = sockets.ReadAsync(deaf.Token);
        var left = many.LeftOpenAsync(stop.Token);
        var ordered = new List<string>();
        async Task GoesOnAsync(string phase)
        {
            try
            {
                await work.ProgressAsync(5, phase);
                await sockets.HearAsync(phase);
            }
            catch (TimeoutException error)
            {
                string[] seen = [error.Message, .. await many.SessionsAsync(), .. work.Faults.TakeLast(10), .. sockets.Faults.TakeLast(10)];
                throw new TimeoutException(string.Join(Environment.NewLine, seen), error);
            }
        }

        await GoesOnAsync("before the faults");
        for (var round = 0; round < Rounds; round++)
        {
            var (server, services) = (round % 2, 2 + (round % 2));
            ordered.Add(await api.RunAsync(deployment));
            await many.KillAsync(server);
            await many.KillAsync(services);
            await GoesOnAsync("with one of each");
            await Task.WhenAll(many.StartAsync(server), many.StartAsync(services));
            many.Pause(1 - server);
            many.Pause(5 - services);
            await GoesOnAsync("the others are held still");
            await many.ReadyAsync(true, "those that are not held still", 1 - server, 5 - services);
            many.Continue(1 - server);
            many.Continue(5 - services);
            await many.ReadyAsync(true, "all of ours are back");
            await many.RecoversAsync("all of ours are back");

            await many.Postgres.StopAsync(ProcessSignal.Quit);
            await many.ReadyAsync(false, "without PostgreSQL");
            await many.Postgres.StartAgainAsync();
            await many.ReadyAsync(true, "PostgreSQL is back");
            await Task.WhenAll(GoesOnAsync("PostgreSQL is back"), many.RecoversAsync("PostgreSQL is back"));
            many.Postgres.Pause();
            await many.ReadyAsync(false, "PostgreSQL is held still");
            many.Postgres.Continue();
            await many.ReadyAsync(true, "PostgreSQL goes on");
            await Task.WhenAll(GoesOnAsync("PostgreSQL goes on"), many.RecoversAsync("PostgreSQL goes on"));

            ordered.Add(await api.RunAsync(deployment));
            await many.Bouncer.KillAsync();
            await many.ReadyAsync(false, "without PgBouncer");
            await many.Bouncer.StartAgainAsync(many.Postgres.ConnectionString);
            await many.ReadyAsync(true, "PgBouncer is back");
            await Task.WhenAll(GoesOnAsync("PgBouncer is back"), many.RecoversAsync("PgBouncer is back"));
            many.Bouncer.Pause();
            await many.ReadyAsync(false, "PgBouncer is held still");
            many.Bouncer.Continue();
            await many.ReadyAsync(true, "PgBouncer goes on");
            await Task.WhenAll(GoesOnAsync("PgBouncer goes on"), many.RecoversAsync("PgBouncer goes on"));

            many.Redis.Pause();
            await GoesOnAsync("Redis is held still");
            many.Redis.Continue();
            await many.Redis.KillAsync();
            await GoesOnAsync("without Redis");
            await many.ReadyAsync(true, "without Redis");
            await many.Redis.StartAgainAsync();
            await many.RecoversAsync("Redis is back", async () => await many.Redis.ConnectionsAsync("reeve") >= 4);

            many.Nginx.Pause();
            await many.ReadyAsync(true, "nginx is held still");
            many.Nginx.Continue();
            await GoesOnAsync("nginx goes on");
            await many.Nginx.KillAsync();
            await many.Nginx.StartAgainAsync();
            await GoesOnAsync("nginx is back");
        }

        foreach (var run in ordered) await api.ReachesAsync(run, "Completed", "runs that were ordered between the faults");
        await Eventually.GetAsync("schedules", "runs of the worker", () => Task.FromResult(Lines(ran).Count), count => count >= ordered.Count + 2, "runs from the schedule too");
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Empty(await left);
        Assert.NotEmpty(work.Faults);
        Assert.NotEmpty(sockets.Faults);

        var runs = work.Completed.ToArray();
        Assert.Empty(await many.HistoriesAsync("r.state_type <> 'COMPLETED'", runs));
        Assert.Equal(runs.Length, await many.CountAsync("SELECT count(*) FROM flow_run WHERE id = ANY($1)", runs));
        var lines = work.Logs.ToArray();
        Assert.Equal(lines.Length, await many.CountAsync("SELECT count(DISTINCT message) FROM log WHERE message = ANY($1)", lines));
        Assert.Equal(0, await many.CountAsync("SELECT count(*) FROM (SELECT 1 FROM log WHERE message LIKE 'line %' GROUP BY message HAVING count(*) > 1) twice"));
        Guid[] events = [.. work.Events, .. sockets.Sent];
        await Eventually.GetAsync("events", "those accepted", () => many.CountAsync("SELECT count(*) FROM events WHERE id = ANY($1)", events), count => count == events.Length, $"{events.Length} stored");
        await Eventually.GetAsync("events", "those shown", () => Task.FromResult(events.Count(id => !sockets.Events.ContainsKey(id))), missing => missing == 0, "all that were accepted");
        await deaf.CancelAsync();
        await readers;
        Assert.DoesNotContain(sockets.Events, static shown => shown.Value > 1);
        Assert.DoesNotContain(sockets.Logs, static shown => shown.Value > 1);
        Assert.Equal(0, await many.CountAsync("SELECT deadlocks FROM pg_stat_database WHERE datname = 'reeve'"));

        Assert.Equal(0, await worker.EndAsync(ReeveProcess.Terminate));
        var executed = Lines(ran);
        Assert.Empty(await many.HistoriesAsync("true", [.. executed.CountBy(static run => run).Where(static run => run.Value > 1).Select(static run => Guid.Parse(run.Key))]));
        await many.StopAsync();
        await many.Home.NothingRunsAsync();
    }

    private static List<string> Lines(string file) => File.Exists(file) ? [.. File.ReadAllLines(file)] : [];
}
