using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Deployments.Scheduling;
using Reeve.Server.Hosting;
using Reeve.Testing;

namespace Reeve.Server.Tests.Deployments;

public sealed class SchedulerTests
{
    private const string Hourly = """{"schedule":{"interval":3600,"anchor_date":"2026-01-01T00:00:00Z"},"parameters":{"b":2}}""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Runs_carry_all_that_the_deployment_and_its_schedule_say(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (deployment, schedule) = await DeployAsync(server, "d", """{"schedule":{"cron":"30 1 * * *","timezone":"America/New_York"},"parameters":{"b":2}}""");
        Assert.Equal(3, await PassAsync(server));
        Assert.Equal(0, await PassAsync(server));
        var run = Assert.Single(await RunsAsync(server, 1));
        Assert.Equal($"scheduled {deployment} {schedule} 2026-03-03 01:30:00-05:00", run.Key);
        Assert.Equal("""["auto-scheduled","t"]""", run.Tags.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("""{"a":1,"b":2}""", run.Parameters.Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains("2026-03-03T01:30:00-05:00", run.Details, StringComparison.Ordinal);
        Assert.Contains("CronSchedule", run.CreatedBy, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 6, 30, 0, TimeSpan.Zero), run.At);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Time_brings_new_runs_and_never_a_second_of_the_same(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await DeployAsync(server, "d", Hourly);
        for (var hour = 0; hour < 10; hour++)
        {
            await PassAsync(server);
            server.Clock.Advance(TimeSpan.FromHours(1));
        }
        var at = (await RunsAsync(server, 100)).ConvertAll(run => run.At);
        Assert.Equal(Enumerable.Range(0, at.Count).Select(hour => TestClock.Noon.AddHours(hour)), at);
        Assert.Equal(12, at.Count);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_pause_takes_the_runs_back_and_resuming_brings_them_again(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (deployment, _) = await DeployAsync(server, "d", Hourly);
        Assert.Equal(3, await PassAsync(server));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.PostAsync($"deployments/{deployment}/pause_deployment");
        Assert.Empty(await RunsAsync(server, 10));
        Assert.Equal(0, await PassAsync(server));
        await server.PostAsync($"deployments/{deployment}/schedule");
        Assert.NotEmpty(await RunsAsync(server, 10));
        await server.PostAsync($"deployments/{deployment}/resume_deployment");
        await PassAsync(server);
        Assert.Equal(3, (await RunsAsync(server, 10)).Count);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Runs_of_a_schedule_that_changed_after_it_was_read_are_not_inserted(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (deployment, schedule) = await DeployAsync(server, "d", Hourly);
        var store = server.Server.Services.GetRequiredService<ScheduledRunStore>();
        var window = new SchedulingWindow(TestClock.Noon, TestClock.Noon.AddDays(1), TestClock.Noon.AddHours(1), 3, 100);
        foreach (var edit in (Func<Task>[])[
            () => server.PatchAsync($"deployments/{deployment}/schedules/{schedule}", """{"schedule":{"interval":60}}"""),
            () => server.PatchAsync($"deployments/{deployment}", """{"parameters":{"a":9}}"""),
            () => server.PostAsync($"deployments/{deployment}/pause_deployment"),
            () => server.DeleteAsync($"deployments/{deployment}/schedules/{schedule}"),
        ])
        {
            var planned = ScheduledRunPlanner.Plan(await store.ReadAsync([Guid.Parse(deployment)], pausedToo: true, default), window);
            Assert.NotEmpty(planned);
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            await edit();
            Assert.Equal(0, await store.InsertAsync(planned, server.Clock.GetUtcNow(), default));
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_deployment_paused_after_the_scheduler_chose_it_gets_no_runs(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (deployment, _) = await DeployAsync(server, "d", Hourly);
        var store = server.Server.Services.GetRequiredService<ScheduledRunStore>();
        var window = new SchedulingWindow(TestClock.Noon, TestClock.Noon.AddDays(1), TestClock.Noon.AddHours(1), 3, 100);
        var chosen = await store.LackingAsync(window, after: null, 10, default);
        Assert.Equal([Guid.Parse(deployment)], chosen);
        await server.PostAsync($"deployments/{deployment}/pause_deployment");
        var scheduling = server.Server.Services.GetRequiredService<RunScheduling>();
        Assert.Equal(0, await scheduling.ScheduleAsync(chosen, pausedToo: false, window, server.Clock.GetUtcNow(), (_, error) => Assert.Null(error), default));
        Assert.Empty(await RunsAsync(server, 10));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_change_wakes_the_scheduler_without_any_time_passing(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, new ServerRole { OnlyServices = ["Scheduler"] });
        await DeployAsync(server, "d", Hourly);
        await Eventually.TrueAsync("scheduling", "the deployment", async () => (await RunsAsync(server, 10)).Count == 3, "three runs");
    }

    [Fact]
    public async Task Two_schedulers_on_one_database_make_each_run_once_and_miss_none()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        const int deployments = 100;
        for (var i = 0; i < deployments; i++) await DeployAsync(server, $"d{i}", Hourly);
        for (var hour = 0; hour < 5; hour++)
        {
            await Task.WhenAll(PassAsync(server), PassAsync(server), PassAsync(server));
            server.Clock.Advance(TimeSpan.FromHours(1));
        }
        var runs = await RunsAsync(server, 10_000);
        Assert.Equal(runs.Count, runs.DistinctBy(run => run.Key).Count());
        Assert.All(runs.CountBy(run => run.At), at => Assert.Equal(deployments, at.Value));
        Assert.Equal(Enumerable.Range(0, 7).Select(hour => TestClock.Noon.AddHours(hour)), runs.Select(run => run.At).Distinct());
    }

    // Each pass is by a scheduler of its own, as in another process.
    private static async Task<int> PassAsync(TestServer server) =>
        (await ActivatorUtilities.CreateInstance<Scheduler>(server.Server.Services).RunOnceAsync(default)).Items;

    private static async Task<(string Deployment, string Schedule)> DeployAsync(TestServer server, string name, string schedule)
    {
        var (_, flow) = await server.PostAsync("flows/", """{"name":"f"}""");
        var (status, deployment) = await server.PostAsync("deployments/",
            $$$"""{"name":"{{{name}}}","flow_id":"{{{flow!["id"]}}}","tags":["t"],"parameters":{"a":1},"schedules":[{{{schedule}}}]}""");
        Assert.Equal(201, status);
        return (deployment!["id"]!.ToString(), deployment["schedules"]![0]!["id"]!.ToString());
    }

    private static Task<List<(string Key, string Tags, string Parameters, string Details, string CreatedBy, DateTimeOffset At)>> RunsAsync(TestServer server, int limit) =>
        server.Server.Services.GetRequiredService<Db>().ListAsync(
            $"""
            select r.idempotency_key, r.tags, r.parameters, s.state_details, r.created_by, r.next_scheduled_start_time
            from flow_run r join flow_run_state s on s.id = r.state_id and s.flow_run_id = r.id
            order by r.next_scheduled_start_time limit {limit}
            """,
            row => (row.GetString(0), row.GetJson(1).ToString(), row.GetJson(2).ToString(), row.GetJson(3).ToString(), row.GetJson(4).ToString(), row.GetInstant(5)));
}
