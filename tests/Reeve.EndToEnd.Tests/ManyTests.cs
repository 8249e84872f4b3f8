using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>The whole system with two of everything, while each part of it is killed and started again in turn.</summary>
public sealed class ManyTests
{
    private const int Clients = 3;

    private static int Rounds => Environment.GetEnvironmentVariable("REEVE_TEST_NIGHTLY") == "1" ? 20 : 1;

    [Fact]
    public async Task Whatever_is_killed_nothing_accepted_is_lost_and_nothing_runs_twice()
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
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => work.RunAsync(stop.Token)).ToArray();
        var ordered = new List<string>();

        await work.ProgressAsync(5, "before the faults");
        for (var round = 0; round < Rounds; round++)
        {
            ordered.Add(await api.RunAsync(deployment));
            await many.KillApiAsync(round % 2);
            await work.ProgressAsync(5, "with one API server");
            await many.StartApiAsync(round % 2);

            await many.Postgres.StopAsync(ProcessSignal.Quit);
            await many.ReadyAsync(false, "without PostgreSQL");
            await many.Postgres.StartAgainAsync();
            await many.ReadyAsync(true, "PostgreSQL is back");
            await work.ProgressAsync(5, "PostgreSQL is back");

            ordered.Add(await api.RunAsync(deployment));
            await many.Bouncer.KillAsync();
            await many.ReadyAsync(false, "without PgBouncer");
            await many.Bouncer.StartAgainAsync(many.Postgres.ConnectionString);
            await many.ReadyAsync(true, "PgBouncer is back");
            await work.ProgressAsync(5, "PgBouncer is back");

            await many.Redis.KillAsync();
            await work.ProgressAsync(5, "without Redis");
            await many.Redis.StartAgainAsync();

            await many.Nginx.KillAsync();
            await many.Nginx.StartAgainAsync();
            await work.ProgressAsync(5, "nginx is back");
        }

        foreach (var run in ordered) await api.ReachesAsync(run, "Completed", "runs that were ordered between the faults");
        await Eventually.GetAsync("schedules", "runs of the worker", () => Task.FromResult(Lines(ran).Count), count => count >= ordered.Count + 2, "runs from the schedule too");
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.NotEmpty(work.Faults);

        var runs = work.Completed.ToArray();
        Assert.Equal(runs.Length, await many.CountAsync("SELECT count(*) FROM flow_run WHERE id = ANY($1) AND state_type = 'COMPLETED'", runs));
        var lines = work.Logs.ToArray();
        Assert.Equal(lines.Length, await many.CountAsync("SELECT count(DISTINCT message) FROM log WHERE message = ANY($1)", lines));
        Assert.Equal(0, await many.CountAsync("SELECT count(*) FROM (SELECT 1 FROM log WHERE message LIKE 'line %' GROUP BY message HAVING count(*) > 1) twice"));
        var events = work.Events.ToArray();
        await Eventually.GetAsync("events", "those accepted", () => many.CountAsync("SELECT count(*) FROM events WHERE id = ANY($1)", events), count => count == events.Length, $"{events.Length} stored");

        Assert.Equal(0, await worker.EndAsync(ReeveProcess.Terminate));
        var executed = Lines(ran);
        Assert.Equal(executed.Distinct(StringComparer.Ordinal).Count(), executed.Count);
        await many.StopAsync();
        await many.Home.NothingRunsAsync();
    }

    private static List<string> Lines(string file) => File.Exists(file) ? [.. File.ReadAllLines(file)] : [];
}
