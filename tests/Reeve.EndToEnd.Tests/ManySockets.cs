using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>Clients of the three websockets, each of which connects again whenever it is cut off, as Prefect's do.</summary>
internal sealed class ManySockets(string url) : IDisposable
{
    private const string Name = "test.socket";
    private const int EventsAtOnce = 5;

    /// <summary>A connection that says nothing for so long is given up, pings unanswered included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly Uri _api = new(url.Replace("http://", "ws://", StringComparison.Ordinal) + "/");

    /// <summary>Events whose receipt the server confirmed, by ending the connection in good order after them.</summary>
    public ConcurrentQueue<Guid> Sent { get; } = [];

    /// <summary>Events that were shown, by id: how often at most on one connection.</summary>
    public ConcurrentDictionary<Guid, int> Events { get; } = [];

    /// <summary>The same for log lines, by text.</summary>
    public ConcurrentDictionary<string, int> Logs { get; } = [];

    /// <summary>Connections that ended otherwise than the client wanted.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>Sends events, a few in each connection, until told to stop.</summary>
    public Task SendAsync(CancellationToken stop) => AgainAsync("events/in", SendAsync, stop);

    /// <summary>Reads events and logs until told to stop.</summary>
    public Task ReadAsync(CancellationToken stop) => Task.WhenAll(
        AgainAsync("events/out", (socket, cancel) => ReadAsync(socket, EventFilter(), ReadEvent, Events, cancel), stop),
        AgainAsync("logs/out", (socket, cancel) => ReadAsync(socket, """{"type": "filter", "filter": {}}""", ReadLog, Logs, cancel), stop));

    /// <summary>Waits until the readers were shown something new, events and logs.</summary>
    public async Task HearAsync(string phase)
    {
        var (events, logs) = (Events.Count, Logs.Count);
        await Eventually.GetAsync(
            phase, "readers of websockets", () => Task.FromResult((Events: Events.Count - events, Logs: Logs.Count - logs)),
            more => more is { Events: > 0, Logs: > 0 }, "events and logs shown", TimeSpan.FromSeconds(30));
    }

    private async Task AgainAsync(string path, Func<ClientWebSocket, CancellationToken, Task> use, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var socket = new ClientWebSocket();
            socket.Options.KeepAliveInterval = socket.Options.KeepAliveTimeout = Patience / 2;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Patience);
            try
            {
                await socket.ConnectAsync(new Uri(_api, path), limit.Token);
                await use(socket, stop);
            }
            catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
            {
                if (stop.IsCancellationRequested) return;
                Faults.Enqueue($"{path} {error.Message}");
                // A server that is away is not asked a thousand times a second: the client goes on when it answers again.
                await Eventually.TrueAsync("websockets", $"the API after {path} failed", IsReadyAsync, "ready", TimeSpan.FromSeconds(60));
            }
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(url + "/ready"), CancellationToken.None);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SendAsync(ClientWebSocket socket, CancellationToken stop)
    {
        var sent = new List<Guid>();
        for (var i = 0; i < EventsAtOnce; i++)
        {
            sent.Add(Guid.NewGuid());
            var told = $$$"""{"id": "{{{sent[^1]}}}", "occurred": "{{{TimeProvider.System.GetUtcNow():O}}}", "event": "{{{Name}}}", "resource": {"prefect.resource.id": "{{{Name}}}"}}""";
            await socket.SendAsync(Encoding.UTF8.GetBytes(told), WebSocketMessageType.Text, endOfMessage: true, stop);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
        // A server that stops, or failed, says so instead.
        if (socket.CloseStatus != WebSocketCloseStatus.NormalClosure) throw new WebSocketException($"closed with {socket.CloseStatus} {socket.CloseStatusDescription}");
        foreach (var id in sent) Sent.Enqueue(id);
        await Eventually.TrueAsync("websockets", "events sent", () => Task.FromResult(Events.ContainsKey(sent[^1])), "shown before more are sent", TimeSpan.FromSeconds(60));
    }

    private static async Task ReadAsync<T>(ClientWebSocket socket, string filter, Func<JsonElement, T> read, ConcurrentDictionary<T, int> shown, CancellationToken stop)
        where T : notnull
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(filter), WebSocketMessageType.Text, endOfMessage: true, stop);
        var here = new Dictionary<T, int>();
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
            if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException($"closed with {socket.CloseStatus} {socket.CloseStatusDescription}");
            length += part.Count;
            if (!part.EndOfMessage) continue;
            using var message = JsonDocument.Parse(buffer.AsMemory(0, length));
            length = 0;
            var key = read(message.RootElement);
            var count = here[key] = here.GetValueOrDefault(key) + 1;
            shown.AddOrUpdate(key, count, (_, before) => Math.Max(before, count));
        }
    }

    /// <summary>From a minute ago on, as Prefect's client asks whenever it connects.</summary>
    private static string EventFilter()
    {
        var now = TimeProvider.System.GetUtcNow();
        return $$$"""{"type": "filter", "filter": {"event": {"prefix": ["test."]}, "occurred": {"since": "{{{now.AddMinutes(-1):O}}}", "until": "{{{now.AddYears(1):O}}}"} } }""";
    }

    private static Guid ReadEvent(JsonElement message) => message.GetProperty("event").GetProperty("id").GetGuid();

    private static string ReadLog(JsonElement message) => message.GetProperty("log").GetProperty("message").GetString()!;

    public void Dispose() => _http.Dispose();
}
