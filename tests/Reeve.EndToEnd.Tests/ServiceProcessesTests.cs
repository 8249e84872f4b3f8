using System.Globalization;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>Three processes of background services over one PostgreSQL, one of them killed and one held still, by the real clock.</summary>
public sealed class ServiceProcessesTests
{
    private const int Deployments = 5;

    [Fact]
    public async Task Each_due_instant_has_one_run_that_is_marked_late_once_and_no_lease_ends_early()
    {
        await using var database = await MigratedDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var home = new ReeveHome();
        foreach (var setting in (string[])[
            $"DATABASE_CONNECTION_URL={database.Url}", "DATABASE_MIGRATE_ON_START=false",
            "SERVICES_SCHEDULER_LOOP_SECONDS=1", "SERVICES_LATE_RUNS_LOOP_SECONDS=1", "SERVICES_LATE_RUNS_AFTER_SECONDS=1", "SERVICES_REPOSSESSOR_LOOP_SECONDS=1",
        ])
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            home.Environment[$"PREFECT_SERVER_{setting[..at]}"] = setting[(at + 1)..];
        }
        await home.StartServerAsync("--no-services", "--no-ui");
        var processes = Enumerable.Range(0, 3).Select(_ => home.Start("server", "services", "start")).ToArray();
        foreach (var process in processes) await process.PrintsAsync("The background services run");
        using var api = home.Api();
        var schedules = await DeployAsync(api);
        var held = await LeaseAsync(api, "held");
        var ended = await LeaseAsync(api, "ended");

        await MoreAsync(database, "three processes");
        processes[0].Signal(ReeveProcess.Kill9);
        await processes[0].EndAsync();
        await MoreAsync(database, "one was killed");
        processes[1].Signal(ReeveProcess.Stop);
        await MoreAsync(database, "one is held still");
        await database.ExecuteAsync($"update reeve_concurrency_lease set expiration = now() - interval '1 second' where id = '{ended}'");
        await CountsAsync(database, "one is held still", "select active_slots::bigint from concurrency_limit_v2 where name = 'ended'", 0);
        processes[1].Signal(ReeveProcess.Continue);
        await MoreAsync(database, "it goes on");

        // A schedule that is switched off takes back what is to come. What is due stays, and becomes late.
        foreach (var schedule in schedules) Assert.Equal(204, (int)(await api.SendAsync(HttpMethod.Patch, schedule, """{"active": false}""")).Status);
        await CountsAsync(database, "the end", "select count(*) from flow_run where state_name <> 'Late'", 0);
        var runs = await database.ScalarAsync<long>("select count(*) from flow_run");
        await CountsAsync(database, "the end", "select count(distinct resource_id) from events where event = 'prefect.flow-run.Late'", runs);
        foreach (var process in processes[1..]) Assert.Equal(0, await process.EndAsync(ReeveProcess.Terminate));

        Assert.Equal(Deployments, await database.ScalarAsync<long>("select count(distinct deployment_id) from flow_run"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            select count(*) from (select expected_start_time - lag(expected_start_time) over (partition by deployment_id order by expected_start_time) as step from flow_run) steps
            where step <> interval '1 second'
            """));
        Assert.Equal(runs, await database.ScalarAsync<long>("select count(*) from flow_run_state where name = 'Late'"));
        Assert.Equal(runs, await database.ScalarAsync<long>("select count(*) from events where event = 'prefect.flow-run.Late'"));
        Assert.Equal(1, await database.ScalarAsync<long>($"select count(*) from reeve_concurrency_lease where id = '{held}'"));
        Assert.Equal(1, await database.ScalarAsync<long>("select active_slots::bigint from concurrency_limit_v2 where name = 'held'"));
    }

    /// <summary>Deployments that are due each second; the paths of their schedules.</summary>
    private static async Task<List<string>> DeployAsync(TestApi api)
    {
        var flow = (string)(await api.PostAsync("/flows/", """{"name": "f"}"""))["id"]!;
        var schedules = new List<string>();
        for (var i = 0; i < Deployments; i++)
        {
            var body = $$$"""{"name": "d{{{i}}}", "flow_id": "{{{flow}}}", "schedules": [{"schedule": {"interval": 1, "anchor_date": "2026-01-01T00:00:00Z"} }]}""";
            var deployment = await api.PostAsync("/deployments/", body);
            schedules.Add($"/deployments/{deployment["id"]}/schedules/{deployment["schedules"]![0]!["id"]}");
        }
        return schedules;
    }

    private static async Task<string> LeaseAsync(TestApi api, string name)
    {
        await api.PostAsync("/v2/concurrency_limits/", $$"""{"name": "{{name}}", "limit": 1}""");
        var answer = await api.PostAsync("/v2/concurrency_limits/increment-with-lease", $$"""{"names": ["{{name}}"], "slots": 1, "lease_duration": 300}""");
        return (string)answer["lease_id"]!;
    }

    /// <summary>Waits until runs of three more instants are late, so that whoever is left does the work.</summary>
    private static async Task MoreAsync(TestDatabase database, string phase)
    {
        const string late = "select count(*) from flow_run where state_name = 'Late'";
        var before = await database.ScalarAsync<long>(late);
        await Eventually.GetAsync(phase, "late runs", () => database.ScalarAsync<long>(late), count => count >= before + (3 * Deployments), "more of them", TimeSpan.FromSeconds(60));
    }

    private static Task CountsAsync(TestDatabase database, string phase, string sql, long expected) => Eventually.GetAsync(
        phase, sql, () => database.ScalarAsync<long>(sql), count => count == expected, expected.ToString(CultureInfo.InvariantCulture), TimeSpan.FromSeconds(60));
}
