using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.Tests.Http;
using Reeve.Server.WorkPools;
using Reeve.Server.WorkPools.Channel;
using Reeve.Server.WorkPools.Cleanup;
using Reeve.Testing;

namespace Reeve.Server.Tests.WorkPools;

public sealed class WorkerChannelTests
{
    private static readonly Guid Consumer = Guid.NewGuid();

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_worker_is_welcomed_and_sees_its_pool_change(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        using var socket = await OpenAsync(server, "p");

        await socket.SendTextAsync(Hello(""","requested_capabilities":["worker_heartbeat.v1","work_pool_snapshot.v1","future.v9"]"""));
        var ready = await NextAsync(socket, "worker.ready.v1");
        await server.PatchAsync("work_pools/p", """{"concurrency_limit":3}""");
        var changed = await NextAsync(server, socket, "work_pool.snapshot.v1");
        await server.PatchAsync("work_pools/p", """{"description":"told"}""");
        await socket.SendTextAsync(Heartbeat("w"));
        var reconciled = await NextAsync(server, socket, "work_pool.snapshot.v1");

        Assert.Equal(
            ["consumer_id", "worker_id", "selected_channel_version", "effective_heartbeat_interval_seconds", "accepted_capabilities", "rejected_capabilities",
                "effective_max_cleanup_concurrency", "resolved_work_queues", "initial_snapshot"],
            ready.AsObject().Select(static member => member.Key));
        Assert.Equal("""["future.v9"]""", ready["rejected_capabilities"]!.ToJsonString());
        Assert.Equal("default", (string)Assert.Single(ready["resolved_work_queues"]!.AsArray())!["name"]!);
        Assert.Equal("READY", (string)ready["initial_snapshot"]!["work_pool"]!["status"]!);
        Assert.Equal((2, "work_pool_updated", 3), ((int)changed["snapshot_sequence"]!, (string)changed["reason"]!, (int)changed["work_pool"]!["concurrency_limit"]!));
        Assert.Equal((3, "heartbeat_reconciliation"), ((int)reconciled["snapshot_sequence"]!, (string)reconciled["reason"]!));
        await server.DeleteAsync("work_pools/p");
        Assert.Equal((1008, "authorization_failed"), await EndAsync(server, socket));
    }

    [Fact]
    public async Task A_pool_that_is_not_there_is_made_for_a_worker_that_asks()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await OpenAsync(server, "new");

        await socket.SendTextAsync(Hello(""","create_pool_if_not_found":true"""));
        await NextAsync(socket, "worker.ready.v1");

        Assert.Equal("process", (string)(await server.GetAsync("work_pools/new")).Body!["type"]!);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_change_between_the_look_at_the_pool_and_the_welcome_is_shown(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        var services = server.Server.Services;
        var (db, pools) = (services.GetRequiredService<Db>(), services.GetRequiredService<WorkPoolStore>());
        using var client = new SilentSocket();
        using var socket = new ApiSocket(client, new DefaultHttpContext(), default, default, null);
        var hello = WorkerHello.Read(ChannelFrame.Read(System.Text.Encoding.UTF8.GetBytes(Hello(""))));
        using var changes = db.Signals.Listen(DbTopics.WorkPools);
        var seen = await pools.ReadAsync("p", default);
        await server.PatchAsync("work_pools/p", """{"is_paused":true}""");

        var session = new WorkerChannelSession(
            db, services.GetRequiredService<ChannelSetup>(), pools, services.GetRequiredService<WorkerCleanupStore>(), services.GetRequiredService<CleanupInFlight>(), server.Clock,
            socket, hello, seen, [], changes);
        var running = session.RunAsync();
        await Eventually.TrueAsync("welcome", "worker", () =>
        {
            server.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return Task.FromResult(client.Sent.Count == 2);
        }, "ready and what changed");
        client.Answer.SetResult(new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true));
        await running;

        var sent = client.Sent.Select(static frame => JsonNode.Parse(frame)!).ToList();
        Assert.Equal(["worker.ready.v1", "work_pool.snapshot.v1"], sent.Select(static frame => (string?)frame["type"]));
        Assert.False((bool)sent[0]["payload"]!["initial_snapshot"]!["work_pool"]!["is_paused"]!);
        Assert.Equal((2, true), ((int)sent[1]["payload"]!["snapshot_sequence"]!, (bool)sent[1]["payload"]!["work_pool"]!["is_paused"]!));
    }

    [Fact]
    public async Task No_pool_is_made_for_a_worker_that_asks_for_a_queue_it_would_not_have()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using (var refused = await OpenAsync(server, "new"))
        {
            await refused.SendTextAsync(Hello(""","create_pool_if_not_found":true,"work_queue_names":["default","nowhere"]"""));
            Assert.Equal((1008, "authorization_failed"), await EndAsync(server, refused));
        }
        Assert.Equal(404, (await server.GetAsync("work_pools/new")).Status);
        Assert.Equal(0, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));

        using var socket = await OpenAsync(server, "new");
        await socket.SendTextAsync(Hello(""","create_pool_if_not_found":true,"work_queue_names":["default"]"""));
        Assert.Equal("default", (string)Assert.Single((await NextAsync(socket, "worker.ready.v1"))["resolved_work_queues"]!.AsArray())!["name"]!);
    }

    [Theory]
    [InlineData("no json", 1002, "protocol_error")]
    [InlineData("{}", 1002, "protocol_error")]
    [InlineData("[]", 1002, "protocol_error")]
    [InlineData("heartbeat", 1002, "protocol_error")]
    [InlineData("""hello,"surprise":1""", 1002, "protocol_error")]
    [InlineData("""hello,"requested_capabilities":["worker_heartbeat.v1"]""", 1002, "protocol_error")]
    [InlineData("""hello,"max_cleanup_concurrency":2""", 1002, "protocol_error")]
    [InlineData("""hello,"handled_cleanup_kinds":["cancelling_timeout_teardown.v1"]""", 1002, "protocol_error")]
    [InlineData("""hello,"supported_channel_versions":["v9"]""", 1008, "unsupported_version")]
    [InlineData("""hello,"work_queue_names":["nowhere"]""", 1008, "authorization_failed")]
    public async Task What_is_no_hello_ends_the_channel_with_its_reason(string message, int code, string reason)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        using var socket = await OpenAsync(server, "p");
        if (message == "heartbeat") message = Heartbeat("w");
        else if (message.StartsWith("hello", StringComparison.Ordinal)) message = Hello(message[5..]);

        await socket.SendTextAsync(message);

        Assert.Equal((code, reason), await EndAsync(server, socket));
    }

    [Theory]
    [InlineData("absent", "")]
    [InlineData("prefect-x", ""","create_pool_if_not_found":true""")]
    public async Task A_pool_that_may_not_be_had_is_refused(string pool, string more)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await OpenAsync(server, pool);

        await socket.SendTextAsync(Hello(more));

        Assert.Equal((1008, "authorization_failed"), await EndAsync(server, socket));
    }

    [Fact]
    public async Task The_subprotocol_and_the_credentials_are_asked_for()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, "PREFECT_SERVER_API_AUTH_STRING=a:b");
        using var without = await RawSocket.OpenAsync(server.Server.Address, "work_pools/p/workers/connect");
        Assert.StartsWith("HTTP/1.1 403", without.Answer, StringComparison.Ordinal);
        foreach (var message in (string[])["no json", "{}", """{"type":"auth"}""", """{"type":"auth","token":"x"}"""])
        {
            using var socket = await RawSocket.OpenAsync(server.Server.Address, "work_pools/p/workers/connect", "prefect");
            await socket.SendTextAsync(message);
            Assert.Equal((8, "authentication_failed", 1008), await socket.ReceiveAsync());
        }
    }

    [Theory]
    [InlineData("other worker")]
    [InlineData("hello")]
    [InlineData("no json")]
    public async Task After_ready_only_frames_of_this_worker_are_taken(string message)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        using var socket = await OpenAsync(server, "p");
        await socket.SendTextAsync(Hello(""));
        await NextAsync(socket, "worker.ready.v1");

        await socket.SendTextAsync(message == "hello" ? Hello("") : message == "no json" ? message : Heartbeat(message));

        Assert.Equal((1002, "protocol_error"), await EndAsync(server, socket));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Orders_are_handed_out_renewed_released_and_acknowledged(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var pool = Guid.Parse((string)(await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""")).Body!["id"]!);
        using var socket = await OpenAsync(server, "p");
        await socket.SendTextAsync(Hello(
            ""","requested_capabilities":["worker_heartbeat.v1","work_pool_snapshot.v1","cleanup_delivery.v1"],"handled_cleanup_kinds":["cancelling_timeout_teardown.v1"]"""));
        var ready = await NextAsync(socket, "worker.ready.v1");
        Assert.Equal(1, (int)ready["effective_max_cleanup_concurrency"]!);
        var orders = new List<Guid> { await EnqueueAsync(server, pool), await EnqueueAsync(server, pool) };

        var first = await NextAsync(server, socket, "cleanup.message.v1");
        var renewed = await AskAsync(socket, "renew", first);
        var wrong = await AskAsync(socket, "ack", first, token: "wrong");
        var released = await AskAsync(socket, "release", first, more: ""","reason":"busy" """);
        var late = await AskAsync(socket, "ack", first, until: "cleanup.operation_result.v1");
        Assert.Equal(1, (int)first["delivery_count"]!);
        Assert.Equal(("accepted", true), ((string)renewed["status"]!, renewed["lease_expires_at"] is not null));
        Assert.Equal(("invalid_token", "reservation_token_mismatch"), ((string)wrong["status"]!, (string)wrong["reason"]!));
        Assert.Equal("accepted", (string)released["status"]!);
        Assert.NotEqual("accepted", (string)late["status"]!);
    }

    [Fact]
    public async Task Without_the_capability_no_order_may_be_touched()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        await server.PostAsync("work_pools/", """{"name":"p","type":"process"}""");
        using var socket = await OpenAsync(server, "p");
        await socket.SendTextAsync(Hello(""));
        await NextAsync(socket, "worker.ready.v1");

        var result = await AskAsync(socket, "ack", JsonNode.Parse($$"""{"message_id":"{{Guid.NewGuid()}}","reservation_token":"t"}""")!);

        Assert.Equal(("unauthorized", "cleanup_delivery_not_accepted"), ((string)result["status"]!, (string)result["reason"]!));
    }

    [Fact]
    public void Orders_are_counted_by_worker_until_their_leases_end_and_then_forgotten()
    {
        var held = new CleanupInFlight();
        var hello = WorkerHello.Read(ChannelFrame.Read(System.Text.Encoding.UTF8.GetBytes(Hello(""))));
        var (here, there) = (Guid.NewGuid(), Guid.NewGuid());
        var now = TestClock.Noon;
        held.Hold(here, hello, Guid.NewGuid(), now.AddSeconds(10));
        held.Hold(here, hello, Guid.NewGuid(), now.AddSeconds(20));
        held.Hold(there, hello, Guid.NewGuid(), now.AddSeconds(10));
        Assert.Equal((2, 1), (held.Count(here, hello, now), held.Count(there, hello, now)));

        // A connection ends, of whichever worker.
        held.Forget(now.AddSeconds(10));
        Assert.Equal((1, 1), (held.Count(here, hello, now), held.Workers));
        held.Forget(now.AddSeconds(20));
        Assert.Equal(0, held.Workers);
    }

    private static async Task<Guid> EnqueueAsync(TestServer server, Guid pool)
    {
        var order = new CleanupOrder
        {
            Id = Guid.NewGuid(), IdempotencyKey = Guid.NewGuid().ToString(), WorkPoolId = pool, Kind = CleanupOrder.CancellingTimeoutTeardown,
            Target = RawJson.Parse($$"""{"flow_run_id":"{{Guid.NewGuid()}}","infrastructure_pid":null}"""),
        };
        var batch = new SqlBatch();
        WorkerCleanupStore.Enqueue(batch, order, server.Clock.GetUtcNow(), $"true");
        await server.Server.Services.GetRequiredService<Db>().WriteAsync(batch);
        return order.Id;
    }

    private static async Task<JsonNode> AskAsync(
        RawSocket socket, string operation, JsonNode message, string? token = null, string more = "", string until = "cleanup.operation_result.v1")
    {
        await socket.SendTextAsync(Frame($"cleanup.{operation}.v1",
            $$"""{"message_id":"{{message["message_id"]}}","reservation_token":"{{token ?? (string)message["reservation_token"]!}}"{{more}}}"""));
        return await NextAsync(socket, until);
    }

    private static async Task<RawSocket> OpenAsync(TestServer server, string pool)
    {
        var socket = await RawSocket.OpenAsync(server.Server.Address, $"work_pools/{pool}/workers/connect", "prefect");
        await socket.SendTextAsync("""{"type":"auth","token":null}""");
        Assert.Equal("""{"type":"auth_success"}""", (await socket.ReceiveAsync())?.Text);
        return socket;
    }

    /// <summary>The payload of the next frame of a type; others are passed over.</summary>
    private static async Task<JsonNode> NextAsync(RawSocket socket, string type)
    {
        while (true)
        {
            var frame = await socket.ReceiveAsync() ?? throw new InvalidOperationException("The channel ended.");
            Assert.True(frame.Opcode == 1, $"closed with {frame.CloseCode} {frame.Text}");
            var node = JsonNode.Parse(frame.Text)!;
            if ((string)node["type"]! == type) return node["payload"]!;
        }
    }

    private static Task<JsonNode> NextAsync(TestServer server, RawSocket socket, string type) => WithTimeAsync(server, NextAsync(socket, type));

    private static async Task<(int Code, string Reason)> EndAsync(TestServer server, RawSocket socket)
    {
        while (await WithTimeAsync(server, socket.ReceiveAsync()) is { } frame)
        {
            if (frame.Opcode == 8) return (frame.CloseCode, frame.Text);
        }
        return (1006, "");
    }

    private static async Task<T> WithTimeAsync<T>(TestServer server, Task<T> task)
    {
        await Eventually.TrueAsync("waiting", "frame", () =>
        {
            if (!task.IsCompleted) server.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return Task.FromResult(task.IsCompleted);
        }, "a frame");
        return await task;
    }

    private static string Hello(string more)
    {
        // A member that is given again replaces the one above.
        var payload = JsonNode.Parse(
            $$"""
            {"consumer_id":"{{Consumer}}","worker_name":"w","worker_type":"process","heartbeat_interval_seconds":30,
             "supported_channel_versions":["work_pool_worker_channel.v1"],"requested_capabilities":["worker_heartbeat.v1","work_pool_snapshot.v1"]}
            """)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse("{" + more.TrimStart(',') + "}")!.AsObject()) payload[name] = value?.DeepClone();
        return Frame("worker.hello.v1", payload.ToJsonString());
    }

    private static string Heartbeat(string worker) =>
        Frame("worker.heartbeat.v1", $$"""{"consumer_id":"{{Consumer}}","worker_name":"{{worker}}","heartbeat_interval_seconds":30}""");

    private static string Frame(string type, string payload) =>
        $$"""{"type":"{{type}}","id":"{{Guid.NewGuid()}}","sent_at":"2026-03-02T12:00:00Z","payload":{{payload}}}""";
}
