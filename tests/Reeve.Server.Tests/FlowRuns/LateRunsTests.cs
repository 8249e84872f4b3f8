using Reeve.Server.FlowRuns;
using Reeve.Server.Tests.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.FlowRuns;

public sealed class LateRunsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_is_late_fifteen_seconds_after_its_time_and_keeps_that_time(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var run = await Runs.ScheduledAsync(server, TestClock.Noon.AddSeconds(10));
        var retry = await Runs.ScheduledAsync(server, TestClock.Noon, "AwaitingRetry");

        var early = await server.PassAsync("MarkLateRuns");
        server.Clock.Advance(TimeSpan.FromSeconds(24.9));
        var still = await server.PassAsync("MarkLateRuns");
        server.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var late = await server.PassAsync("MarkLateRuns");
        var again = await server.PassAsync("MarkLateRuns");

        Assert.Equal((0, 0, 1, 0), (early.Items, still.Items, late.Items, again.Items));
        Assert.Equal(TestClock.Noon.AddSeconds(25), early.NextDue);
        Assert.Null(again.NextDue);
        Assert.Equal(("SCHEDULED", "Late", null), await Runs.StateAsync(server, run));
        Assert.Equal(("SCHEDULED", "AwaitingRetry", null), await Runs.StateAsync(server, retry));
        var (_, found) = await server.GetAsync($"flow_runs/{run}");
        Assert.Equal("2026-03-02T12:00:10Z", (string?)found!["next_scheduled_start_time"]);
        Assert.Equal("2026-03-02T12:00:10Z", (string?)found["state"]!["state_details"]!["scheduled_time"]);
        Assert.Contains("prefect.flow-run.Late", await Runs.ToldAsync(server, $"prefect.flow-run.{run}"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_late_run_of_a_full_deployment_that_cancels_new_runs_is_cancelled(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var flow = await Runs.FlowAsync(server);
        var (_, deployment) = await server.PostAsync("deployments/",
            $$$"""{"name":"d","flow_id":"{{{flow}}}","concurrency_limit":1,"concurrency_options":{"collision_strategy":"CANCEL_NEW"}}""");
        await server.Database.ExecuteAsync("update concurrency_limit_v2 set active_slots = 1");
        var (_, run) = await server.PostAsync($"deployments/{deployment!["id"]}/create_flow_run");
        server.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await server.SettleAsync("MarkLateRuns"));
        Assert.Equal(("CANCELLED", "Cancelled", "Deployment concurrency limit reached."), await Runs.StateAsync(server, (string)run!["id"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Several_replicas_mark_each_run_once_and_tell_of_it_once(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var runs = new List<string>();
        for (var i = 0; i < 40; i++) runs.Add(await Runs.ScheduledAsync(server, TestClock.Noon));
        server.Clock.Advance(TimeSpan.FromMinutes(1));

        var outcomes = await server.PassesAsync<LateRuns>(4);

        Assert.Equal(runs.Count, outcomes.Sum(outcome => outcome.Items));
        foreach (var run in runs)
        {
            Assert.Equal(2, (await Runs.StatesAsync(server, run)).Body!.AsArray().Count);
            Assert.Single(await Runs.ToldAsync(server, $"prefect.flow-run.{run}"), "prefect.flow-run.Late");
        }
    }
}
