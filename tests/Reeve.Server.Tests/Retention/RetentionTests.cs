using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Retention;
using Reeve.Server.Services;
using Reeve.Settings.Views;
using Reeve.Testing;

namespace Reeve.Server.Tests.Retention;

public sealed class RetentionTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Old_finished_runs_go_with_their_logs_and_young_ones_stay(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.Database.ExecuteAsync(
            """
            insert into flow (id, name) values ('00000000-0000-4000-8000-000000000001', 'f');
            insert into flow_run (id, flow_id, name, state_type, end_time) values
              ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000001', 'old', 'COMPLETED', '2025-11-01 00:00:00.000000'),
              ('00000000-0000-4000-8000-00000000000b', '00000000-0000-4000-8000-000000000001', 'young', 'COMPLETED', '2026-03-01 00:00:00.000000'),
              ('00000000-0000-4000-8000-00000000000c', '00000000-0000-4000-8000-000000000001', 'unfinished', 'RUNNING', null);
            insert into log (id, name, level, message, timestamp, flow_run_id) values
              ('00000000-0000-4000-8000-000000000011', 'l', 20, 'm', '2025-11-01 00:00:00.000000', '00000000-0000-4000-8000-00000000000a'),
              ('00000000-0000-4000-8000-000000000012', 'l', 20, 'm', '2026-03-01 00:00:00.000000', '00000000-0000-4000-8000-00000000000b'),
              ('00000000-0000-4000-8000-000000000013', 'l', 20, 'm', '2026-03-01 00:00:00.000000', null);
            """);

        var outcome = await Find(server, "FlowRunVacuum").RunOnceAsync(CancellationToken.None);

        Assert.Equal((2, false), (outcome.Items, outcome.More));
        Assert.Equal(2, await server.Database.ScalarAsync<long>("select count(*) from flow_run"));
        Assert.Equal(2, await server.Database.ScalarAsync<long>("select count(*) from log"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_collection_whose_latest_artifact_is_gone_turns_to_the_next(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.Database.ExecuteAsync(
            """
            insert into artifact (id, key, type, created, updated) values
              ('00000000-0000-4000-8000-000000000021', 'kept', 'older', '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000'),
              ('00000000-0000-4000-8000-000000000022', 'kept', 'newer', '2026-01-02 00:00:00.000000', '2026-01-02 00:00:00.000000');
            insert into artifact_collection (id, key, latest_id) values
              ('00000000-0000-4000-8000-000000000031', 'kept', '00000000-0000-4000-8000-0000000000ff'),
              ('00000000-0000-4000-8000-000000000032', 'gone', '00000000-0000-4000-8000-0000000000fe');
            """);

        await Find(server, "FlowRunVacuum").RunOnceAsync(CancellationToken.None);

        Assert.Equal("newer", await server.Database.ScalarAsync<string>("select type from artifact_collection where key = 'kept'"));
        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from artifact_collection"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Events_go_by_age_and_heartbeats_no_later(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, null,
            "PREFECT_SERVER_EVENTS_RETENTION_PERIOD=P10D",
            """PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES={"beat":"P1D"}""");
        for (var day = 1; day <= 20; day += 4)
        {
            var occurred = TestClock.Noon.AddDays(-day).ToString("yyyy-MM-dd HH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture);
            foreach (var name in (string[])["beat", "other"])
            {
                await server.Database.ExecuteAsync(
                    $$"""
                    insert into events (id, event, resource_id, occurred, resource, related_resource_ids, related, payload, received, recorded)
                    values ('{{Guid.NewGuid()}}', '{{name}}', 'r', '{{occurred}}', '{}', '[]', '[]', '{}', '{{occurred}}', '{{occurred}}')
                    """);
            }
        }

        await Find(server, "EventVacuum").RunOnceAsync(CancellationToken.None);

        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from events where event = 'beat'"));
        Assert.Equal(3, await server.Database.ScalarAsync<long>("select count(*) from events where event = 'other'"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_plan_counts_what_a_run_deletes(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, null, "PREFECT_SERVER_SERVICES_DB_VACUUM_BATCH_SIZE=2");
        await server.Database.ExecuteAsync("insert into flow (id, name) values ('00000000-0000-4000-8000-000000000001', 'f')");
        for (var i = 0; i < 7; i++)
        {
            var run = Guid.NewGuid();
            await server.Database.ExecuteAsync(
                $$"""
                insert into flow_run (id, flow_id, name, state_type, end_time) values ('{{run}}', '00000000-0000-4000-8000-000000000001', 'old', 'FAILED', '2025-11-0{{1 + i / 3}} 00:00:00.000000');
                insert into task_run (id, flow_run_id, name, task_key, dynamic_key) values ('{{Guid.NewGuid()}}', '{{run}}', 't', 't', '1');
                insert into log (id, name, level, message, timestamp, flow_run_id) values ('{{Guid.NewGuid()}}', 'l', 20, 'message', '2025-11-01 00:00:00.000000', '{{run}}');
                insert into log (id, name, level, message, timestamp, flow_run_id) values ('{{Guid.NewGuid()}}', 'l', 20, 'orphan', '2026-03-01 00:00:00.000000', '{{Guid.NewGuid()}}');
                insert into events (id, event, resource_id, occurred, resource, related_resource_ids, related, payload, received, recorded)
                    values ('{{Guid.NewGuid()}}', 'e', 'r', '2026-01-01 00:00:00.000000', '{}', '[]', '[]', '{}', '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000');
                """);
        }
        var settings = server.Server.Services.GetRequiredService<ServerSettings>();
        await using var tools = RetentionTools.Open(settings, server.Clock);
        var planned = new List<RetentionLine>();

        await tools.PlanAsync(events: true, flowRuns: true, planned.Add, CancellationToken.None);
        var reported = new List<long>();
        var done = await tools.RunAsync(events: true, flowRuns: true, reported.Add, CancellationToken.None);

        Assert.All(["events", "flow runs", "task runs of old flow runs", "logs of old flow runs", "logs without a flow run"],
            name => Assert.Equal(7, planned.Single(line => line.Kind == name).Rows));
        Assert.All(planned.Where(line => line.Rows > 0), line => Assert.True(line.Bytes >= line.Rows));
        Assert.Equal(5 * 7, done.Sum(line => line.Rows));
        Assert.NotEmpty(reported);
        foreach (var table in (string[])["events", "flow_run", "task_run", "log"]) Assert.Equal(0L, await server.Database.ScalarAsync<long>($"select count(*) from {table}"));
    }

    private static Service Find(TestServer server, string name) =>
        server.Server.Services.GetServices<Service>().Single(service => service.Name == name);
}
