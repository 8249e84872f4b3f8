using System.Globalization;
using System.Text;
using Reeve.Server.Tests.Events;
using Reeve.Testing;

namespace Reeve.Server.Tests.TaskRuns;

public sealed class TaskRunRecorderTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Shuffled_and_doubled_events_end_in_the_same_rows_as_ordered_ones(DatabaseKind kind)
    {
        var random = new Random(20260302);
        var flowRun = Guid.NewGuid();
        var events = History(flowRun);
        await using var ordered = await StartAsync(kind, flowRun);
        await SendAsync(ordered, events, random, 1000);
        var expected = await RowsAsync(ordered);
        for (var round = 0; round < 3; round++)
        {
            await using var shuffled = await StartAsync(kind, flowRun);
            var doubled = events.Concat(events.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(doubled);

            await SendAsync(shuffled, doubled, random, 7);

            Assert.Equal(expected, await RowsAsync(shuffled));
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_known_under_its_natural_key_keeps_its_id(DatabaseKind kind)
    {
        var flowRun = Guid.NewGuid();
        await using var server = await StartAsync(kind, flowRun);
        var first = Guid.NewGuid();

        await SendAsync(server, [Told.TaskRunState(first, flowRun, Guid.NewGuid(), "PENDING", 1)]);
        await SendAsync(server, [Told.TaskRunState(Guid.NewGuid(), flowRun, Guid.NewGuid(), "RUNNING", 2)]);

        Assert.Equal(first.ToString(), await server.Database.ScalarAsync<object>("select cast(id as text) from task_run"));
        Assert.Equal(2, await server.Database.ScalarAsync<long>($"select count(*) from task_run_state where task_run_id = '{first}'"));
        Assert.Equal("State 2", await server.Database.ScalarAsync<string>("select state_name from task_run"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_column_that_is_not_sent_keeps_its_value_and_a_null_clears_it(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind, Guid.NewGuid());
        var run = Guid.NewGuid();

        await SendAsync(server, [Told.TaskRunState(run, null, Guid.NewGuid(), "PENDING", 1, more: """, "cache_key":"k","task_version":"v" """)]);
        await SendAsync(server, [Told.TaskRunState(run, null, Guid.NewGuid(), "RUNNING", 2, more: """, "cache_key":null """)]);

        Assert.Equal("v", await server.Database.ScalarAsync<string>("select task_version from task_run"));
        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from task_run where cache_key is null and run_count = 2"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, true)]
    [InlineData(DatabaseKind.Sqlite, false)]
    [InlineData(DatabaseKind.Postgres, true)]
    [InlineData(DatabaseKind.Postgres, false)]
    public async Task Events_that_come_together_say_what_they_say_one_by_one(DatabaseKind kind, bool together)
    {
        await using var server = await StartAsync(kind, Guid.NewGuid());
        var run = Guid.NewGuid();
        string[] events =
        [
            Told.TaskRunState(run, null, Guid.NewGuid(), "PENDING", 1, more: """, "expected_start_time":"2026-03-02T12:00:01Z","cache_key":"old" """),
            Told.TaskRunState(run, null, Guid.NewGuid(), "RUNNING", 2, more: """, "start_time":"2026-03-02T12:00:02Z","cache_key":null """),
            Told.TaskRunState(run, null, Guid.NewGuid(), "COMPLETED", 3, more: """, "end_time":"2026-03-02T12:00:03Z" """),
        ];

        await SendAsync(server, [events[0]]);
        if (together) await SendAsync(server, events[1..]);
        else foreach (var told in events[1..]) await SendAsync(server, [told]);

        var expected = "2026-03-02T12:00:01Z 2026-03-02T12:00:02Z 2026-03-02T12:00:03Z  COMPLETED";
        var shown = (await server.GetAsync($"task_runs/{run}")).Body!;
        Assert.Equal(expected, $"{shown["expected_start_time"]} {shown["start_time"]} {shown["end_time"]} {shown["cache_key"]} {shown["state_type"]}");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_that_changes_its_key_or_its_flow_run_stays_one_run(DatabaseKind kind)
    {
        var flowRun = Guid.NewGuid();
        await using var server = await StartAsync(kind, flowRun);
        var (run, other) = (Guid.NewGuid(), Guid.NewGuid());
        await SendAsync(server, [Told.TaskRunState(run, flowRun, Guid.NewGuid(), "PENDING", 1, "old")]);

        // The second event has the new key of the first, under another id.
        await SendAsync(server,
        [
            Told.TaskRunState(run, flowRun, Guid.NewGuid(), "RUNNING", 2, "new"), Told.TaskRunState(other, flowRun, Guid.NewGuid(), "RUNNING", 3, "new"),
        ]);
        Assert.Equal("new State 3", await server.Database.ScalarAsync<string>("select dynamic_key || ' ' || state_name from task_run"));

        // Two events of one id, known under its key by another, the newer without the flow run.
        await SendAsync(server, [Told.TaskRunState(other, flowRun, Guid.NewGuid(), "RUNNING", 4, "new"), Told.TaskRunState(other, null, Guid.NewGuid(), "COMPLETED", 5, "new")]);

        Assert.Equal(run.ToString(), await server.Database.ScalarAsync<string>("select cast(id as text) from task_run where flow_run_id is null and state_name = 'State 5'"));
        Assert.Equal(5, await server.Database.ScalarAsync<long>($"select count(*) from task_run_state where task_run_id = '{run}'"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Two_new_ids_of_one_key_are_the_newer_one(DatabaseKind kind)
    {
        var flowRun = Guid.NewGuid();
        await using var server = await StartAsync(kind, flowRun);
        var newer = Guid.NewGuid();

        await SendAsync(server, [Told.TaskRunState(newer, flowRun, Guid.NewGuid(), "RUNNING", 2), Told.TaskRunState(Guid.NewGuid(), flowRun, Guid.NewGuid(), "PENDING", 1)]);

        Assert.Equal(newer.ToString(), await server.Database.ScalarAsync<string>("select cast(id as text) from task_run"));
        Assert.Equal(2, await server.Database.ScalarAsync<long>($"select count(*) from task_run_state where task_run_id = '{newer}'"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Events_of_a_deleted_flow_run_and_broken_payloads_hold_nobody_up(DatabaseKind kind)
    {
        var flowRun = Guid.NewGuid();
        await using var server = await StartAsync(kind, flowRun);
        var broken = Told.TaskRunState(Guid.NewGuid(), flowRun, Guid.NewGuid(), "RUNNING", 1).Replace("\"task_key\"", "\"no_key\"", StringComparison.Ordinal);

        await SendAsync(server,
        [
            broken,
            Told.TaskRunState(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "RUNNING", 2),
            Told.TaskRunState(Guid.NewGuid(), flowRun, Guid.NewGuid(), "RUNNING", 3),
        ]);

        Assert.Equal(1, await server.Database.ScalarAsync<long>("select count(*) from task_run"));
        Assert.Equal(3, await server.Database.ScalarAsync<long>("select count(*) from events"));
    }

    private static List<string> History(Guid flowRun)
    {
        var events = new List<string>();
        for (var run = 0; run < 9; run++)
        {
            var id = Guid.NewGuid();
            Guid? parent = run % 3 == 0 ? null : flowRun;
            string[] states = ["PENDING", "RUNNING", "COMPLETED"];
            for (var i = 0; i < states.Length; i++)
            {
                events.Add(Told.TaskRunState(id, parent, Guid.NewGuid(), states[i], i + 1, run.ToString(CultureInfo.InvariantCulture)));
            }
        }
        return events;
    }

    private static async Task<TestServer> StartAsync(DatabaseKind kind, Guid flowRun)
    {
        var server = await TestServer.StartAsync(kind);
        var flow = Guid.NewGuid();
        await server.Database.ExecuteAsync(
            $"""
            insert into flow (id, name) values ('{flow}', 'f');
            insert into flow_run (id, name, flow_id) values ('{flowRun}', 'r', '{flow}');
            """);
        return server;
    }

    private static async Task SendAsync(TestServer server, IReadOnlyList<string> events, Random? random = null, int most = 1000)
    {
        for (var at = 0; at < events.Count;)
        {
            var size = Math.Min(events.Count - at, random?.Next(1, most) ?? most);
            var (status, body) = await server.PostAsync("events", $"[{string.Join(',', events.Skip(at).Take(size))}]");
            Assert.True(status == 204, body?.ToJsonString());
            await EventIngestTests.DrainAsync(server);
            at += size;
        }
    }

    private static async Task<string> RowsAsync(TestServer server)
    {
        var rows = new StringBuilder();
        await using var connection = await server.Database.OpenAsync();
        foreach (var sql in (string[])
        [
            "select id, name, state_type, state_id, state_name, state_timestamp, run_count, dynamic_key, flow_run_id, tags, empirical_policy, total_run_time from task_run order by cast(id as text)",
            "select id, type, timestamp, name, message, state_details, data, task_run_id from task_run_state order by cast(id as text)",
        ])
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++) rows.Append(CultureInfo.InvariantCulture, $"{reader.GetValue(i)}|");
                rows.AppendLine();
            }
        }
        return rows.ToString();
    }
}
