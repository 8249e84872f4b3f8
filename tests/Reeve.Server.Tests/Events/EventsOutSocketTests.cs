using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Events.Streams;
using Reeve.Server.Hosting;
using Reeve.Server.Messaging;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

public sealed class EventsOutSocketTests
{
    private static readonly string Now = Told.Start.ToString("O", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Stored_events_come_first_and_then_those_that_happen(DatabaseKind kind)
    {
        await using var server = await StartedAsync(kind);
        Guid[] ids = [.. Enumerable.Range(0, 6).Select(static _ => Guid.NewGuid())];
        for (var i = 0; i < 3; i++) await server.PostAsync("events", $"[{Told.Event(ids[i], second: i)}]");
        await StoredAsync(server, 3);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/out", "prefect");
        await AuthenticateAsync(socket);

        await socket.SendTextAsync(Filter("""{"prefix":["something."]}"""));
        for (var i = 0; i < 3; i++) Assert.Equal(ids[i].ToString(), await NextIdAsync(socket));
        await server.PostAsync("events", $"[{Told.Event(Guid.NewGuid(), name: "other.thing")}]");
        for (var i = 3; i < 6; i++) await server.PostAsync("events", $"[{Told.Event(ids[i], second: i)}]");

        for (var i = 3; i < 6; i++) Assert.Equal(ids[i].ToString(), await NextIdAsync(socket));
    }

    [Fact]
    public async Task A_client_may_do_without_what_is_stored()
    {
        await using var server = await StartedAsync(DatabaseKind.Sqlite);
        await server.PostAsync("events", $"[{Told.Event(Guid.NewGuid())}]");
        await StoredAsync(server, 1);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/out");
        await socket.SendTextAsync(Filter("null").Replace("{\"type\":\"filter\"", "{\"type\":\"filter\",\"backfill\":false", StringComparison.Ordinal));
        await OpenedAsync(server);
        var later = Guid.NewGuid();

        await server.PostAsync("events", $"[{Told.Event(later, second: 1)}]");

        Assert.Equal(later.ToString(), await NextIdAsync(socket));
    }

    [Fact]
    public async Task A_message_has_the_type_and_the_whole_event()
    {
        await using var server = await StartedAsync(DatabaseKind.Sqlite);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/out");
        await socket.SendTextAsync(Filter("null"));
        await OpenedAsync(server);

        await server.PostAsync("events", $"[{Told.Event(Guid.NewGuid(), related: """[{"prefect.resource.id":"a","prefect.resource.role":"b"}]""")}]");
        var message = JsonNode.Parse((await socket.ReceiveAsync())!.Value.Text)!;

        Assert.Equal("event", (string)message["type"]!);
        Assert.Equal(
            ["occurred", "event", "resource", "related", "payload", "id", "follows", "received"],
            message["event"]!.AsObject().Select(static member => member.Key));
    }

    [Theory]
    [InlineData("no json", 1006, "")]
    [InlineData("{}", 1006, "")]
    [InlineData("[]", 1006, "")]
    [InlineData("""{"type":"hello"}""", 1002, "Expected 'filter' message")]
    [InlineData("""{"type":7}""", 1002, "Expected 'filter' message")]
    [InlineData("""{"type":"filter"}""", 1002, "Invalid filter: 'filter'")]
    public async Task What_is_no_filter_ends_the_connection(string message, int code, string reason)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        foreach (var path in (string[])["events/out", "logs/out"])
        {
            using var socket = await RawSocket.OpenAsync(server.Server.Address, path);
            await socket.SendTextAsync(message);
            var answer = await socket.ReceiveAsync();
            if (code == 1006) Assert.Null(answer);
            else Assert.Equal((8, reason, code), answer);
        }
    }

    [Fact]
    public async Task A_filter_with_a_fault_is_refused_with_a_reason()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/out");

        await socket.SendTextAsync("""{"type":"filter","filter":{"order":"SIDEWAYS"}}""");
        var answer = await socket.ReceiveAsync();

        Assert.Equal(1002, answer?.CloseCode);
        Assert.StartsWith("Invalid filter: order", answer?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Events_that_another_process_stored_are_shown(DatabaseKind kind)
    {
        await using var server = await StartedAsync(kind, ServerRole.ApiOnly);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/out");
        await socket.SendTextAsync(Filter("null"));
        await OpenedAsync(server);
        var id = Guid.NewGuid();
        await using var other = await server.StartBesideAsync(ServerRole.Everything);
        await other.PostAsync("events", $"[{Told.Event(id)}]");
        await StoredAsync(server, 1);

        Assert.Equal(id.ToString(), await NextOfAnotherAsync(server, socket));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_burst_of_another_process_does_not_hide_what_comes_after_it(DatabaseKind kind)
    {
        await using var server = await StartedAsync(kind, ServerRole.ApiOnly);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/out");
        await socket.SendTextAsync(Filter("""{"name":["last"]}"""));
        await OpenedAsync(server);
        // All within the three seconds that are read again each time.
        var last = Guid.NewGuid();
        await server.Database.ExecuteAsync(kind == DatabaseKind.Sqlite
            ? Burst("lower(hex(randomblob(16)))", "strftime('%Y-%m-%d %H:%M:%f', 'now', '+' || (n / 10000.0) || ' seconds') || '000'", last)
            : Burst("gen_random_uuid()", "now() + n * interval '0.1 ms'", last));

        Assert.Equal(last.ToString(), await NextOfAnotherAsync(server, socket));

        static string Burst(string id, string time, Guid last) =>
            $$"""
            insert into events (id, created, updated, occurred, event, resource_id, resource, related_resource_ids, related, payload, received, recorded)
            with recursive n(n) as (select 1 union all select n + 1 from n where n < 21000)
            select case when n = 21000 then {{(id.StartsWith("gen", StringComparison.Ordinal) ? $"'{last}'::uuid" : $"'{last}'")}} else {{id}} end,
                {{time}}, {{time}}, {{time}}, case when n = 21000 then 'last' else 'other' end, 'a', '{"prefect.resource.id":"a"}', '[]', '[]', '{}', {{time}}, {{time}} from n
            """;
    }

    [Fact]
    public async Task A_reader_that_does_not_keep_up_is_given_up_with_a_reason_and_others_are_not_held_up()
    {
        await using var server = await StartedAsync(DatabaseKind.Sqlite);
        var distributor = server.Server.Services.GetRequiredService<Distributor>();
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/out");
        await socket.SendTextAsync(Filter("null"));
        await OpenedAsync(server);
        var bus = server.Server.Services.GetRequiredService<IMessageBus>();
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        var ours = server.Server.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Reeve.Streams" && ReferenceEquals(instrument.Meter.Scope, ours)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counted.AddOrUpdate(instrument.Name, value, (_, before) => before + value));
        listener.Start();
        var large = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"id":"{{Guid.NewGuid()}}","event":"a","occurred":"{{Now}}","received":"{{Now}}","resource":{"prefect.resource.id":"a"},"payload":{"x":"{{new string('x', 6_000)}}"} }""");

        // The client does not read: what the network does not hold waits in the queue.
        bus.Publish(Topics.Events, [.. Enumerable.Range(0, 7000).Select(_ => new Message(Guid.NewGuid(), large))]);
        await Eventually.TrueAsync("giving up", "reader", () => Task.FromResult(distributor.Readers == 0), "no reader");

        Assert.Equal(1, distributor.TooSlow);
        Assert.Equal((-1, 1), (counted["reeve.stream.readers"], counted["reeve.stream.readers.given_up"]));
        Assert.True(counted["reeve.stream.items"] >= 4096);
        while (await socket.ReceiveAsync() is { } frame)
        {
            if (frame.Opcode != 8) continue;
            Assert.Equal(1013, frame.CloseCode);
            Assert.StartsWith("Too slow", frame.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_message_that_comes_long_after_its_event_was_stored_does_not_repeat_what_the_look_back_has_shown(DatabaseKind kind)
    {
        await using var server = await StartedAsync(kind, ServerRole.ApiOnly);
        var early = Guid.NewGuid();
        await Told.StoreAsync(server, early, second: 0);
        await Told.StoreAsync(server, Guid.NewGuid(), second: 60);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "events/out");
        await socket.SendTextAsync(Filter("null"));
        Assert.Equal(early.ToString(), await NextIdAsync(socket));
        await NextIdAsync(socket);
        // Each of these is shown by one more look at what is stored.
        for (var second = 61; second < 66; second++) await ShownAsync(second);

        // As from a process that was held still between storing and telling.
        var late = $$"""{"id":"{{early}}","event":"a","occurred":"{{Now}}","received":"{{Now}}","resource":{"prefect.resource.id":"a"} }""";
        server.Server.Services.GetRequiredService<IMessageBus>().Publish(Topics.Events, [new Message(early, System.Text.Encoding.UTF8.GetBytes(late))]);

        await ShownAsync(66);

        async Task ShownAsync(int second)
        {
            var id = Guid.NewGuid();
            await Told.StoreAsync(server, id, second);
            Assert.Equal(id.ToString(), await NextOfAnotherAsync(server, socket));
        }
    }

    private static async Task<TestServer> StartedAsync(DatabaseKind kind, ServerRole? role = null)
    {
        var server = await TestServer.StartAsync(kind, role ?? ServerRole.Everything);
        server.Clock.Advance(Told.Start - server.Clock.GetUtcNow());
        return server;
    }

    private static Task OpenedAsync(TestServer server) => Eventually.TrueAsync("opening", "reader", () =>
        Task.FromResult(server.Server.Services.GetRequiredService<Distributor>().Readers == 1), "a reader");

    private static Task StoredAsync(TestServer server, int count) => Eventually.TrueAsync("storing", "events", async () =>
    {
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        return await server.Database.ScalarAsync<long>("select count(*) from events") == count;
    }, $"{count} events");

    private static string Filter(string name) =>
        $$$"""{"type":"filter","filter":{"occurred":{"since":"{{{Now}}}","until":"2100-01-01T00:00:00Z"},"event":{{{name}}}}}""";

    private static async Task AuthenticateAsync(RawSocket socket)
    {
        await socket.SendTextAsync("""{"type":"auth","token":null}""");
        Assert.Equal((1, """{"type":"auth_success"}""", 0), await socket.ReceiveAsync());
    }

    /// <summary>What another process stored is found by the next look, which the clock brings.</summary>
    private static async Task<string> NextOfAnotherAsync(TestServer server, RawSocket socket)
    {
        var next = NextIdAsync(socket);
        await Eventually.TrueAsync("fan-out", "socket", () =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(next.IsCompleted);
        }, "the event");
        return await next;
    }

    private static async Task<string> NextIdAsync(RawSocket socket) =>
        (string)JsonNode.Parse((await socket.ReceiveAsync())!.Value.Text)!["event"]!["id"]!;
}
