namespace Reeve.EndToEnd.Tests;

/// <summary>A worker and its runs, while a server comes and goes.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task A_killed_server_costs_neither_the_run_under_way_nor_the_next_one()
    {
        await using var home = new ReeveHome();
        var server = await home.StartServerAsync();
        using var api = home.Api();
        var gate = Path.Combine(home.Path, "go");
        var waits = await api.DeploymentAsync("waits", "d", "p", $"echo waiting; until [ -e {gate} ]; do sleep 0.1; done; echo done");
        var worker = StartWorker(home);
        var run = await api.RunAsync(waits);
        await api.LogsAsync(run, "waiting");

        server.Signal(ReeveProcess.Kill9);
        await server.EndAsync();
        // The run ends while nobody is there to hear of it.
        await File.WriteAllTextAsync(gate, "");
        server = await home.StartServerAsync();

        await api.ReachesAsync(run, "Completed", "restart of the server");
        await api.LogsAsync(run, "done");
        await api.ReachesAsync(await api.RunAsync(waits), "Completed", "a run after the restart");
        Assert.Equal(0, await worker.EndAsync(ReeveProcess.Terminate));
        Assert.Equal(0, await server.EndAsync(ReeveProcess.Terminate));
        await home.NothingRunsAsync();
    }

    [Fact]
    public async Task A_cancelled_run_is_ended_with_its_children()
    {
        await using var home = new ReeveHome();
        var server = await home.StartServerAsync();
        using var api = home.Api();
        var forever = await api.DeploymentAsync("forever", "d", "p", "echo begun; sleep 1000 & sleep 1000");
        var worker = StartWorker(home);
        var run = await api.RunAsync(forever);
        await api.LogsAsync(run, "begun");

        var cancelled = await home.OkAsync("flow-run", "cancel", run);
        Assert.Contains(run, cancelled.Out);
        await api.ReachesAsync(run, "Cancelled", "cancelling");
        await Reeve.Testing.Eventually.GetAsync(
            "cancelling", "processes of the run", () => Task.FromResult(home.Processes().Except([server.Id, worker.Id]).Count()), left => left == 0, "none left");
        // What has ended cannot be cancelled, and the command says so.
        var again = await home.RunAsync("flow-run", "cancel", run);
        Assert.True(again.Code is 0 or 1, again.ToString());
        Assert.Equal(0, await worker.EndAsync(ReeveProcess.Interrupt));
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_leaves_no_process_and_says_what_became_of_its_runs()
    {
        await using var home = new ReeveHome();
        await home.StartServerAsync();
        using var api = home.Api();
        var forever = await api.DeploymentAsync("forever", "d", "p", "echo begun; sleep 1000");
        var worker = StartWorker(home);
        var run = await api.RunAsync(forever);
        await api.LogsAsync(run, "begun");
        Assert.Equal(0, await worker.EndAsync(ReeveProcess.Terminate));
        var ended = await api.FlowRunAsync(run);
        Assert.Equal("CRASHED", (string?)ended["state_type"]);
        Assert.Single(home.Processes());
    }

    private static ReeveProcess StartWorker(ReeveHome home)
    {
        home.Environment["PREFECT_WORKER_QUERY_SECONDS"] = "1";
        home.Environment["PREFECT_WORKER_CANCELLATION_POLL_SECONDS"] = "1";
        return home.Start("worker", "start", "--pool", "p");
    }
}
