using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Logs;
using Reeve.Testing;

namespace Reeve.Server.Tests.Events;

public sealed class LogsOutSocketTests
{
    private static readonly string[] On = ["PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED=true", "PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED=true"];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Lines_that_fit_are_shown_as_they_come(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind, null, On);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "logs/out");
        var run = Guid.NewGuid();
        await socket.SendTextAsync($$$"""{"type":"filter","filter":{"level":{"ge_":20},"flow_run_id":{"any_":["{{{run}}}"]} } }""");
        await Eventually.TrueAsync("opening", "reader", () =>
            Task.FromResult(server.Server.Services.GetRequiredService<LogDistributor>().Readers == 1), "a reader");

        var (status, _) = await server.PostAsync("logs/", $"[{Line("too low", 10, run)},{Line("another run", 30, Guid.NewGuid())},{Line("wanted", 20, run)}]");
        var message = JsonNode.Parse((await socket.ReceiveAsync())!.Value.Text)!;

        Assert.Equal(201, status);
        Assert.Equal("log", (string)message["type"]!);
        Assert.Equal("wanted", (string)message["log"]!["message"]!);
        Assert.Equal(
            ["id", "created", "updated", "name", "level", "message", "timestamp", "flow_run_id", "task_run_id"],
            message["log"]!.AsObject().Select(static member => member.Key));
    }

    [Fact]
    public async Task It_stays_silent_unless_it_is_switched_on()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var socket = await RawSocket.OpenAsync(server.Server.Address, "logs/out");
        await socket.SendTextAsync("""{"type":"filter","filter":{}}""");

        await server.PostAsync("logs/", $"[{Line("unheard", 20, Guid.NewGuid())}]");
        await socket.PingAsync("still there?");

        Assert.Equal((10, "still there?", 0), await socket.ReceiveAsync());
    }

    private static string Line(string message, int level, Guid run) =>
        $$"""{"name":"prefect","level":{{level}},"message":"{{message}}","timestamp":"2026-03-02T12:00:00Z","flow_run_id":"{{run}}"}""";
}
