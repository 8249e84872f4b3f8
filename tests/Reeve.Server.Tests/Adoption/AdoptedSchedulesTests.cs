using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Deployments.Scheduling;
using Reeve.Testing;

namespace Reeve.Server.Tests.Adoption;

/// <summary>Deployments whose runs a Prefect server scheduled before: its keys are ours, so that no run gets a second copy.</summary>
public sealed class AdoptedSchedulesTests
{
    private const string Flow = "7d70ac48-83f3-469b-8543-7a01e5dc8b30";
    private const string Deployment = "7d70ac48-83f3-469b-8543-7a01e5dc8b40";
    private const string Made = "2026-02-01 10:20:30.123456";

    /// <summary>Schedules and the instants that Prefect made runs of, as it wrote them into their keys. It is 2026-03-02 12:00 UTC; New York springs forward on the 8th.</summary>
    private static readonly (string Id, string Kind, string Schedule, string[] Instants)[] Schedules =
    [
        (
            "7d70ac48-83f3-469b-8543-7a01e5dc8b51", "CronSchedule", """{"cron": "30 1 * * *", "timezone": "America/New_York", "day_or": true}""",
            [
                "2026-03-03 01:30:00-05:00", "2026-03-04 01:30:00-05:00", "2026-03-05 01:30:00-05:00", "2026-03-06 01:30:00-05:00", "2026-03-07 01:30:00-05:00",
                "2026-03-08 01:30:00-05:00", "2026-03-09 01:30:00-04:00",
            ]
        ),
        (
            "7d70ac48-83f3-469b-8543-7a01e5dc8b52", "IntervalSchedule", """{"interval": 3600.0, "anchor_date": "2026-01-01T00:00:00Z", "timezone": "Europe/Berlin"}""",
            ["2026-03-02 13:00:00+01:00", "2026-03-02 14:00:00+01:00", "2026-03-02 15:00:00+01:00"]
        ),
        (
            "7d70ac48-83f3-469b-8543-7a01e5dc8b53", "IntervalSchedule", """{"interval": 7200.0, "anchor_date": "2026-01-01T00:00:00.500000+00:00", "timezone": "UTC"}""",
            ["2026-03-02 12:00:00.500000+00:00", "2026-03-02 14:00:00.500000+00:00", "2026-03-02 16:00:00.500000+00:00"]
        ),
        (
            "7d70ac48-83f3-469b-8543-7a01e5dc8b54", "RRuleSchedule", """{"rrule": "DTSTART:20250101T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR", "timezone": "Asia/Kolkata"}""",
            ["2026-03-04 09:00:00+05:30", "2026-03-06 09:00:00+05:30", "2026-03-09 09:00:00+05:30"]
        ),
    ];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task No_run_that_is_there_is_made_again(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await AdoptAsync(server, kind);
        var adopted = await CountAsync(server);

        Assert.Equal(0, await PassAsync(server));
        Assert.Equal(adopted, await CountAsync(server));

        // Two days later all have new ones, and still no instant has two.
        server.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(await PassAsync(server) > 0);
        Assert.Equal(0, await PassAsync(server));
        var runs = await ReadAsync(server, "select cast(created_by as text), cast(expected_start_time as text) from flow_run", static row => (Schedule: (string)JsonNode.Parse(row.GetString(0))!["id"]!, At: row.GetString(1)));
        Assert.Equal(runs.Count, runs.Distinct().Count());
        Assert.Equal(Schedules.Select(static schedule => schedule.Id), runs.Select(static run => run.Schedule).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_that_was_lost_comes_back_under_the_key_it_had(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await AdoptAsync(server, kind);
        var keys = await KeysAsync(server);
        // One of each schedule, which is thereby short of runs.
        await server.Database.ExecuteAsync("delete from flow_run where idempotency_key in (select max(idempotency_key) from flow_run group by cast(created_by as text))");
        Assert.Equal(Schedules.Length, keys.Count - await CountAsync(server));
        Assert.Equal(Schedules.Length - 1, await PassAsync(server));
        // The cron schedule has its three without the last one.
        Assert.Equal(keys.Where(static key => !key.EndsWith("2026-03-09 01:30:00-04:00", StringComparison.Ordinal)), await KeysAsync(server));
    }

    private static async Task AdoptAsync(TestServer server, DatabaseKind kind)
    {
        await PutAsync(server, kind, "flow", $$"""{"id":"{{Flow}}","name":"f","tags":"[]"}""");
        await PutAsync(server, kind, "deployment", $$$"""{"id":"{{{Deployment}}}","name":"d","flow_id":"{{{Flow}}}","tags":"[]","parameters":"{}","paused":"0","status":"READY","labels":"{}"}""");
        var number = 0;
        foreach (var (id, name, schedule, instants) in Schedules)
        {
            var row = new JsonObject { ["id"] = id, ["deployment_id"] = Deployment, ["schedule"] = schedule, ["active"] = "1", ["parameters"] = "{}" };
            await PutAsync(server, kind, "deployment_schedule", row.ToJsonString());
            foreach (var instant in instants)
            {
                var at = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
                var utc = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
                var (run, state) = (Id(++number), Id(number + 500));
                await PutAsync(server, kind, "flow_run", new JsonObject
                {
                    ["id"] = run, ["flow_id"] = Flow, ["deployment_id"] = Deployment, ["name"] = $"wise-owl-{number}", ["auto_scheduled"] = "1", ["tags"] = "[\"auto-scheduled\"]",
                    ["idempotency_key"] = $"scheduled {Deployment} {id} {instant}", ["state_type"] = "SCHEDULED", ["state_name"] = "Scheduled",
                    ["next_scheduled_start_time"] = utc, ["expected_start_time"] = utc, ["created_by"] = $$"""{"id": "{{id}}", "type": "SCHEDULE", "display_value": "{{name}}"}""",
                }.ToJsonString());
                await PutAsync(server, kind, "flow_run_state", new JsonObject
                {
                    ["id"] = state, ["flow_run_id"] = run, ["type"] = "SCHEDULED", ["name"] = "Scheduled", ["timestamp"] = Made, ["message"] = "Flow run scheduled",
                    ["state_details"] = $$"""{"scheduled_time": "{{at.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture)}}"}""",
                }.ToJsonString());
                await server.Database.ExecuteAsync($"update flow_run set state_id = '{state}' where id = '{run}'");
            }
        }
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"0199e26f-0000-7000-8000-{number:000000000000}");

    private static async Task<int> PassAsync(TestServer server) =>
        (await ActivatorUtilities.CreateInstance<Scheduler>(server.Server.Services).RunOnceAsync(default)).Items;

    private static async Task<int> CountAsync(TestServer server) => (int)await server.Database.ScalarAsync<long>("select count(*) from flow_run");

    private static async Task<List<string>> KeysAsync(TestServer server) =>
        [.. (await ReadAsync(server, "select idempotency_key from flow_run", static row => row.GetString(0))).Order(StringComparer.Ordinal)];

    private static async Task<List<T>> ReadAsync<T>(TestServer server, string sql, Func<DbDataReader, T> map)
    {
        var found = new List<T>();
        await using var connection = await server.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) found.Add(map(rows));
        return found;
    }

    private static Task PutAsync(TestServer server, DatabaseKind kind, string table, string row)
    {
        var columns = JsonNode.Parse(row)!.AsObject();
        columns["created"] = Made;
        columns["updated"] = Made;
        return server.Database.ExecuteAsync(PrefectRow.Insert(kind, table, columns));
    }
}
