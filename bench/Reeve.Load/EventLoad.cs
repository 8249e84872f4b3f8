using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Reeve.Load;

/// <summary>Events from request to table, and from table to many websockets.</summary>
internal static class EventLoad
{
    private const int BatchSize = 50;

    public static async Task<int> RunAsync(LoadOptions options)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Clients }) { BaseAddress = options.Api };
        for (var i = 0; i < options.Automations; i++) await AutomateAsync(http, i);
        await StoreAsync(http, options, "warm" + Guid.NewGuid().ToString("N"), options.WarmUp);
        await MeasureAsync(options, "events stored", async () =>
        {
            var name = "load" + Guid.NewGuid().ToString("N");
            return await StoreAsync(http, options, name, options.Rounds);
        });
        if (options.Readers > 0) await MeasureAsync(options, $"messages to {options.Readers} readers", () => FanOutAsync(http, options));
        return 0;
    }

    private static async Task MeasureAsync(LoadOptions options, string what, Func<Task<long>> run)
    {
        var cpu = ProcessCpu.Read(options.ServerProcess);
        var clock = Stopwatch.StartNew();
        var count = await run();
        clock.Stop();
        var line = string.Create(CultureInfo.InvariantCulture, $"{count} {what}: {count / clock.Elapsed.TotalSeconds:0} a second");
        if (ProcessCpu.Read(options.ServerProcess) - cpu is { } used)
        {
            line += string.Create(CultureInfo.InvariantCulture, $", {count / used.TotalSeconds:0} a CPU-second of the server");
        }
        Console.WriteLine(line);
    }

    /// <summary>Sends batches and waits until all are in the table.</summary>
    private static async Task<long> StoreAsync(HttpClient http, LoadOptions options, string name, int batches)
    {
        var total = (long)options.Clients * batches * BatchSize;
        await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(async _ =>
        {
            for (var i = 0; i < batches; i++) await SendAsync(http, name, BatchSize);
        }));
        while (await StoredAsync(http, name) < total) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return total;
    }

    /// <summary>An automation on failures of one thing; every hundredth is on any event of its thing. The events are about the first fifty things.</summary>
    private static async Task AutomateAsync(HttpClient http, int number)
    {
        using var answer = await http.PostAsync("automations/", Json(
            $$$"""
            {"name":"load {{{number}}}","actions":[{"type":"do-nothing"}],"trigger":{"type":"event","posture":"Reactive","threshold":1000000,"within":3600,
             "expect":["{{{(number % 100 == 0 ? "*" : "prefect.flow-run.Failed")}}}"],"match":{"prefect.resource.id":"load.{{{number}}}"},"match_related":{"prefect.resource.role":"flow"} } }
            """));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<long> FanOutAsync(HttpClient http, LoadOptions options)
    {
        var name = "fan" + Guid.NewGuid().ToString("N");
        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < options.Readers; i++) sockets.Add(await OpenAsync(options.Api, name));
        var each = options.Rounds;
        var readers = sockets.ConvertAll(socket => ReadAsync(socket, each));
        for (var sent = 0; sent < each; sent += BatchSize) await SendAsync(http, name, Math.Min(BatchSize, each - sent));
        await Task.WhenAll(readers);
        sockets.ForEach(static socket => socket.Dispose());
        return (long)options.Readers * each;
    }

    private static async Task<ClientWebSocket> OpenAsync(Uri api, string name)
    {
        var socket = new ClientWebSocket();
        var url = new UriBuilder(new Uri(api, "events/out")) { Scheme = "ws" };
        await socket.ConnectAsync(url.Uri, CancellationToken.None);
        var filter = $$$"""{"type":"filter","filter":{"event":{"name":["{{{name}}}"]},"occurred":{"until":"2100-01-01T00:00:00Z"} } }""";
        await socket.SendAsync(Encoding.UTF8.GetBytes(filter), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return socket;
    }

    private static async Task ReadAsync(ClientWebSocket socket, int count)
    {
        var buffer = new byte[16 * 1024];
        while (count > 0)
        {
            var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException($"A reader was closed: {socket.CloseStatusDescription}");
            if (part.EndOfMessage) count--;
        }
    }

    /// <summary>Sends so many events in one request.</summary>
    public static async Task SendAsync(HttpClient http, string name, int count)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var body = new StringBuilder("[");
        for (var i = 0; i < count; i++)
        {
            body.Append(i > 0 ? "," : "").Append(CultureInfo.InvariantCulture,
                $$$"""{"id":"{{{Guid.CreateVersion7()}}}","event":"{{{name}}}","occurred":"{{{now}}}","resource":{"prefect.resource.id":"load.{{{i}}}"},"payload":{"n":{{{i}}} },"related":[{"prefect.resource.id":"load.related","prefect.resource.role":"flow"}]}""");
        }
        using var answer = await http.PostAsync("events", Json(body.Append(']').ToString()));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<long> StoredAsync(HttpClient http, string name)
    {
        using var answer = await http.PostAsync("events/filter", Json($$$"""{"filter":{"event":{"name":["{{{name}}}"]} },"limit":0 }"""));
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("total").GetInt64();
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
