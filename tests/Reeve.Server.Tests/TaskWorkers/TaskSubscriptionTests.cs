using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Reeve.Data;
using Reeve.Server.TaskWorkers;
using Reeve.Server.Tests.Events;
using Reeve.Server.Tests.Services;
using Reeve.Testing;

namespace Reeve.Server.Tests.TaskWorkers;

public sealed class TaskSubscriptionTests
{
    private const string Subscribe = """{"type":"subscribe","keys":["a","b"],"client_id":"worker-1"}""";
    private const string Ack = """{"type":"ack"}""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Runs_come_in_order_each_after_the_one_before_was_acknowledged(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var first = await SubmitAsync(server, "a", 1);
        var second = await SubmitAsync(server, "b", 2);
        await SubmitAsync(server, "c", 0);
        await SubmitAsync(server, "a", 0, deferred: false);
        using var socket = await SubscribedAsync(server);

        var run = JsonNode.Parse((await socket.ReceiveAsync())!.Value.Text)!;
        await socket.SendTextAsync(Ack);
        var next = await NextAsync(socket);
        await socket.SendTextAsync(Ack);
        var third = await SubmitAsync(server, "a", 3);

        Assert.Equal((first.ToString(), second), ((string)run["id"]!, next));
        Assert.Equal("SCHEDULED", (string)run["state"]!["type"]!);
        Assert.Equal(third, await NextAsync(socket));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_submitted_at_one_server_reaches_one_worker_of_another(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await using var other = await server.StartBesideAsync();
        using var one = await SubscribedAsync(other);
        using var two = await SubscribedAsync(server);
        Guid[] runs = [await SubmitAsync(server, "a", 1), await SubmitAsync(server, "a", 2)];

        Guid[] got = await Task.WhenAll(WithTimeAsync(server, NextAsync(one)), WithTimeAsync(server, NextAsync(two)));

        Assert.Equal(runs.Order(), got.Order());
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("""{"type":"quit"}""")]
    [InlineData("""{"type":"hello"}""")]
    [InlineData("no json")]
    public async Task What_was_not_acknowledged_goes_to_the_next_worker(string reply)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var run = await SubmitAsync(server, "a", 1);
        using (var socket = await SubscribedAsync(server))
        {
            Assert.Equal(run, await NextAsync(socket));
            if (reply != "gone") await socket.SendTextAsync(reply);
            else socket.EndSending();
            var end = await socket.ReceiveAsync();
            if (reply.Contains("quit", StringComparison.Ordinal)) Assert.Equal((8, "", 1000), end);
        }
        using var another = await SubscribedAsync(server);

        Assert.Equal(run, await WithTimeAsync(server, NextAsync(another)));
    }

    [Fact]
    public async Task What_a_dead_worker_acknowledged_and_did_not_begin_is_delivered_again_after_its_lease()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var run = await SubmitAsync(server, "a", 1);
        using (var socket = await SubscribedAsync(server))
        {
            await NextAsync(socket);
            await socket.SendTextAsync(Ack);
            await Eventually.TrueAsync("acknowledging", "delivery", async () =>
                await server.Database.ScalarAsync<long>("select count(*) from reeve_task_delivery where acknowledged") == 1, "acknowledged");
        }
        await Eventually.TrueAsync("leaving", "worker", async () => (await server.PostAsync("task_workers/filter")).Body!.AsArray().Count == 0, "forgotten");
        using var another = await SubscribedAsync(server);
        var next = NextAsync(another);
        server.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.False(next.IsCompleted);

        Assert.Equal(run, await WithTimeAsync(server, next));
    }

    [Fact]
    public async Task Who_loses_a_race_for_one_run_gets_the_next()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var deliveries = server.Server.Services.GetRequiredService<TaskDeliveryStore>();
        var now = server.Clock.GetUtcNow();
        var (first, second) = (await SubmitAsync(server, "a", 1), await SubmitAsync(server, "a", 2));
        // Holds a claim where it has chosen a run and not yet written it down.
        await server.Database.ExecuteAsync(
            """
            create function hold() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(1); return new; end';
            create trigger hold before insert on reeve_task_delivery for each row execute function hold();
            """);
        await using var other = new NpgsqlConnection(server.Database.ConnectionString);
        await other.OpenAsync();
        await RunAsync("select pg_advisory_lock(1)");

        var claimed = deliveries.ClaimAsync(["a"], Guid.NewGuid(), "w", now, default);
        await Eventually.TrueAsync(
            "racing", "claim", async () => await server.Database.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 1, "held");
        // Another server hands out the same run meanwhile; as it chose it earlier, it does not wait for the lock on the run.
        await RunAsync(
            $"""
            set session_replication_role = replica;
            insert into reeve_task_delivery (task_run_id, state_id, connection_id, client_id, acknowledged, leased_until)
            select id, state_id, gen_random_uuid(), 'other', false, '{now.AddMinutes(1):O}' from task_run where id = '{first}';
            select pg_advisory_unlock(1)
            """);

        Assert.Equal(second, await claimed);
        Assert.Null(await deliveries.ClaimAsync(["a"], Guid.NewGuid(), "w", now, default));

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, other);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>What a server handed out whose clock is two minutes behind is its worker's by that clock, whichever server is asked.</summary>
    [Fact]
    public async Task No_clock_that_is_ahead_hands_a_run_to_a_second_worker()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Postgres);
        var deliveries = server.Server.Services.GetRequiredService<TaskDeliveryStore>();
        var workers = server.Server.Services.GetRequiredService<TaskWorkerStore>();
        var now = server.Clock.GetUtcNow();
        var behind = TimeSpan.FromMinutes(2);
        var (one, two, three) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var run = await SubmitAsync(server, "a", 1);
        await Beats.OtherClockAsync(server, now, behind);
        Assert.Equal(run, await deliveries.ClaimAsync(["a"], one, "one", now - behind, default));
        await workers.ShowAsync(one, new TaskSubscription(["a"], "one"), now - behind, default);

        Assert.Null(await deliveries.ClaimAsync(["a"], two, "two", now, default));
        await workers.ShowAsync(two, new TaskSubscription(["a"], "two"), now, default);
        Assert.Equal(["one", "two"], (await workers.ListAsync(now, default)).Select(static worker => worker.Identifier).Order());

        // A minute later by that clock nobody has heard of the first server.
        await Beats.OtherClockAsync(server, now.AddSeconds(65), behind);
        Assert.Equal(run, await deliveries.ClaimAsync(["a"], two, "two", now.AddSeconds(65), default));
        // What is given back is free at once, by the clock that is behind too.
        await deliveries.EndAsync(two, default);
        Assert.Equal(run, await deliveries.ClaimAsync(["a"], three, "three", now - behind, default));
    }

    [Theory]
    [InlineData("no json", 1006, "")]
    [InlineData("{}", 4001, "Protocol violation: expected 'subscribe' message")]
    [InlineData("""{"type":"ack"}""", 4001, "Protocol violation: expected 'subscribe' message")]
    [InlineData("""{"type":"subscribe"}""", 4001, "Protocol violation: expected 'keys' in subscribe message")]
    [InlineData("""{"type":"subscribe","keys":[]}""", 4001, "Protocol violation: expected 'keys' in subscribe message")]
    [InlineData("""{"type":"subscribe","keys":["a"]}""", 4001, "Protocol violation: expected 'client_id' in subscribe message")]
    [InlineData("""{"type":"subscribe","keys":["a"],"client_id":""}""", 4001, "Protocol violation: expected 'client_id' in subscribe message")]
    public async Task What_is_no_subscription_ends_the_connection(string message, int code, string reason)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "task_runs/subscriptions/scheduled");

        await socket.SendTextAsync(message);
        var answer = await socket.ReceiveAsync();

        if (code == 1006) Assert.Null(answer);
        else Assert.Equal((8, reason, code), answer);
    }

    [Fact]
    public async Task Connected_workers_are_listed_with_their_tasks()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await SubscribedAsync(server);

        var (_, found) = await server.PostAsync("task_workers/filter", """{"task_worker_filter":{"task_keys":["b"]}}""");

        Assert.Equal("worker-1", (string)Assert.Single(found!.AsArray())!["identifier"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Workers_of_every_server_are_listed_until_they_leave_or_their_server_is_silent(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await using var other = await server.StartBesideAsync();
        var left = await SubscribedAsync(other);
        var (_, found) = await server.PostAsync("task_workers/filter", """{"task_worker_filter":{"task_keys":["b","x"]}}""");
        Assert.Equal("""worker-1 ["a","b"]""", Assert.Single(found!.AsArray()) is { } one ? $"{one["identifier"]} {one["task_keys"]!.ToJsonString()}" : null);
        Assert.Empty((await server.PostAsync("task_workers/filter", """{"task_worker_filter":{"task_keys":["x"]}}""")).Body!.AsArray());
        left.Dispose();
        await Eventually.TrueAsync("leaving", "worker", async () => (await server.PostAsync("task_workers/filter")).Body!.AsArray().Count == 0, "forgotten");

        using var cut = await SubscribedAsync(other);
        other.Server.Services.GetRequiredService<Db>().OnStep = static _ => throw new DatabaseException(DatabaseErrorKind.Unavailable, "killed", null, null);
        Assert.Single((await server.PostAsync("task_workers/filter")).Body!.AsArray());
        server.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Empty((await server.PostAsync("task_workers/filter")).Body!.AsArray());
    }

    private static async Task<RawSocket> SubscribedAsync(TestServer server)
    {
        var socket = await RawSocket.OpenAsync(server.Server.Address, "task_runs/subscriptions/scheduled");
        await socket.SendTextAsync(Subscribe);
        await Eventually.TrueAsync("subscribing", "worker", async () => (await server.PostAsync("task_workers/filter")).Body!.AsArray().Count > 0, "listed");
        return socket;
    }

    private static async Task<Guid> NextAsync(RawSocket socket) => Guid.Parse((string)JsonNode.Parse((await socket.ReceiveAsync())!.Value.Text)!["id"]!);

    private static async Task<Guid> WithTimeAsync(TestServer server, Task<Guid> next)
    {
        await Eventually.TrueAsync("delivery", "worker", () =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(next.IsCompleted);
        }, "a run");
        return await next;
    }

    /// <summary>As a transition to SCHEDULED leaves it.</summary>
    private static async Task<Guid> SubmitAsync(TestServer server, string key, int second, bool deferred = true)
    {
        var db = server.Server.Services.GetRequiredService<Db>();
        var run = Guid.NewGuid();
        var state = Guid.NewGuid();
        var at = Told.Start.AddSeconds(second);
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            insert into task_run (id, created, updated, name, task_key, dynamic_key, state_type, state_name, state_timestamp, run_count)
            values ({run}, {at}, {at}, 'r', {key}, {run.ToString()}, 'SCHEDULED', 'Scheduled', {at}, 0)
            """);
        batch.Execute(
            $"""
            insert into task_run_state (id, created, updated, type, name, timestamp, message, state_details, task_run_id)
            values ({state}, {at}, {at}, 'SCHEDULED', 'Scheduled', {at}, '', {Reeve.Core.RawJson.Parse(deferred ? """{"deferred":true}""" : """{"deferred":false}""")}, {run})
            """);
        batch.Execute($"update task_run set state_id = {state} where id = {run}");
        batch.Signal(DbTopics.BackgroundTasks);
        await db.WriteAsync(batch);
        return run;
    }
}
