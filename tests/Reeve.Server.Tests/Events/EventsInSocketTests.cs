using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

public sealed class EventsInSocketTests
{
    private const string Auth = "PREFECT_SERVER_API_AUTH_STRING=admin:secret";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_pong_confirms_that_all_that_was_sent_before_it_is_durable(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/in");
        for (var round = 1; round <= 5; round++)
        {
            // In one piece, so that the ping is at hand while the events before it are still being read.
            var bytes = new List<byte>();
            for (var i = 0; i < 40; i++) bytes.AddRange(RawSocket.Frame(1, System.Text.Encoding.UTF8.GetBytes(Told.Event(Guid.NewGuid()))));
            bytes.AddRange(RawSocket.Frame(9, [1, 2, 3]));
            await socket.SendBytesAsync([.. bytes]);

            var pong = await socket.ReceiveAsync();

            Assert.Equal(10, pong?.Opcode);
            Assert.Equal(40 * round, await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox"));
        }
    }

    [Fact]
    public async Task No_pong_is_sent_while_the_events_before_it_cannot_be_written()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/in");
        server.Server.Services.GetRequiredService<Db>().OnStep =
            static _ => throw new DatabaseException(DatabaseErrorKind.Other, "the disk is full", null, null);

        await socket.SendTextAsync(Told.Event(Guid.NewGuid()));
        await socket.PingAsync("a");

        Assert.Null(await socket.ReceiveAsync());
    }

    [Fact]
    public async Task A_ping_that_comes_while_events_are_being_written_waits_for_them_and_fails_with_them()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var events = new UnwrittenEvents(server.Server.Services.GetRequiredService<EventIngest>(), server.Clock);
        events.Add(server.Server.Services.GetRequiredService<EventReader>().ReadOne(System.Text.Encoding.UTF8.GetBytes(Told.Event(Guid.NewGuid()))));
        var goOn = new TaskCompletionSource();
        var db = server.Server.Services.GetRequiredService<Db>();
        db.OnStep = step =>
        {
            if (step.Statement?.Contains("insert into reeve_outbox", StringComparison.Ordinal) != true) return;
            goOn.Task.GetAwaiter().GetResult();
            throw new DatabaseException(DatabaseErrorKind.Other, "the disk is full", null, null);
        };

        var written = Task.Run(events.FlushAsync);
        await Eventually.TrueAsync("writing", "events", () => Task.FromResult(events.Count == 0), "under way");
        var beforePong = events.FlushAsync();
        goOn.SetResult();


        await Assert.ThrowsAsync<DatabaseException>(() => written);
        await Assert.ThrowsAsync<DatabaseException>(() => beforePong);
        // The end of the connection writes nothing more either.
        await Assert.ThrowsAsync<DatabaseException>(events.FlushAsync);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"id":"x"}""")]
    [InlineData("")]
    public async Task A_message_that_is_no_event_drops_the_connection_and_keeps_what_came_before(string message)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/in");

        await socket.SendTextAsync(Told.Event(Guid.NewGuid()));
        await socket.SendTextAsync(message);

        Assert.Null(await socket.ReceiveAsync());
        await Eventually.TrueAsync("ingest", "outbox",
            async () => await server.Database.ScalarAsync<long>("select count(*) from reeve_outbox") == 1, "one event");
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 0x05, 1, 2, 3, 4, 5 })]
    [InlineData(new byte[] { 0xff, 0x80, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x83, 0x80, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0 })]
    public async Task A_malformed_frame_ends_the_connection_and_not_the_server(byte[] bytes)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/in");

        await socket.SendBytesAsync(bytes);
        socket.EndSending();
        while (await socket.ReceiveAsync() is { Opcode: not 8 }) { }

        var (status, _) = await server.PostAsync("events", "[]");
        Assert.Equal(204, status);
    }

    [Theory]
    [InlineData("""{"type":"auth","token":"admin:secret"}""", 0, "")]
    [InlineData("""{"type":"hello"}""", 1008, "Expected 'auth' message")]
    [InlineData("""{"type":"auth"}""", 1008, "Auth required but no token provided")]
    [InlineData("""{"type":"auth","token":null}""", 1008, "Auth required but no token provided")]
    [InlineData("""{"type":"auth","token":"admin:wrong"}""", 1008, "Invalid token")]
    [InlineData("nonsense", 1006, "")]
    public async Task The_handshake_asks_for_the_token(string message, int code, string reason)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, Auth);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/in", "other, prefect");
        Assert.Contains("Sec-WebSocket-Protocol: prefect", socket.Answer, StringComparison.OrdinalIgnoreCase);
        await socket.PingAsync("before auth");
        var pong = await socket.ReceiveAsync();

        await socket.SendTextAsync(message);
        var answer = await socket.ReceiveAsync();

        Assert.Equal((10, "before auth", 0), pong);
        if (code == 0) Assert.Equal((1, """{"type":"auth_success"}""", 0), answer);
        else if (code == 1006) Assert.Null(answer);
        else Assert.Equal((8, reason, code), answer);
    }

    [Fact]
    public async Task Without_the_subprotocol_a_server_with_credentials_refuses_the_upgrade()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, Auth);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/in");

        Assert.StartsWith("HTTP/1.1 403", socket.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_any_token_will_do()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/in", "prefect");

        await socket.SendTextAsync("""{"type":"auth","token":null}""");

        Assert.Equal((1, """{"type":"auth_success"}""", 0), await socket.ReceiveAsync());
    }
}
