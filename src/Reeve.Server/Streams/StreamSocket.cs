using System.Net.WebSockets;
using System.Text.Json;
using Reeve.Contract.OpenApi;
using Reeve.Server.Http.WebSockets;

namespace Reeve.Server.Streams;

/// <summary>What the sockets that stream have in common: the filter message, and the end of a slow reader. See websockets.md §3, §4.1.</summary>
internal static class StreamSocket
{
    private const string TooSlow = "Too slow: more waited for this client than are kept. Connect again to go on.";

    /// <summary>Time a client that is given up has to take what was on its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reads the filter message; null when the socket was ended, because it was none.</summary>
    /// <param name="socket">The socket, after the handshake.</param>
    /// <param name="route">A route of the API whose body has this filter under <paramref name="key"/>.</param>
    /// <param name="key">That member.</param>
    /// <param name="isStrict">Unknown keys are refused.</param>
    public static async Task<JsonDocument?> FilterAsync(ApiSocket socket, string route, string key, bool isStrict)
    {
        if (await socket.ReceiveAsync() is not { } message) return null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message.ToArray());
        }
        catch (JsonException)
        {
            socket.Abort();
            return null;
        }
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("type", out var type))
        {
            socket.Abort();
        }
        else if (type.ValueKind != JsonValueKind.String || type.GetString() != "filter")
        {
            await socket.CloseAsync(WebSocketCloseStatus.ProtocolError, "Expected 'filter' message");
        }
        else if (!document.RootElement.TryGetProperty("filter", out var filter))
        {
            await socket.CloseAsync(WebSocketCloseStatus.ProtocolError, "Invalid filter: 'filter'");
        }
        else if (Problem(route, key, filter, isStrict) is { } problem)
        {
            await socket.CloseAsync(WebSocketCloseStatus.ProtocolError, $"Invalid filter: {problem}");
        }
        else
        {
            return document;
        }
        document.Dispose();
        return null;
    }

    /// <summary>Ends when the client is gone. What it sends is thrown away.</summary>
    public static async Task GoneAsync(ApiSocket socket)
    {
        while (await socket.ReceiveAsync() is not null) { }
    }

    /// <summary>Sends what the reader gets until the client is gone, or does not keep up.</summary>
    /// <param name="socket">Where to.</param>
    /// <param name="reader">Where from.</param>
    /// <param name="gone">See <see cref="GoneAsync"/>.</param>
    /// <param name="skip">What the client has already.</param>
    public static async Task PumpAsync<T>(ApiSocket socket, StreamReader<T> reader, Task gone, HashSet<Guid> skip)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(socket.Cancel);
        var pump = SendAllAsync(socket, reader, skip, over.Token);
        await Task.WhenAny(gone, pump, EndOfQueueAsync(reader, pump, over.Token));
        if (!reader.IsTooSlow)
        {
            // Neither of the others goes on for a client that is gone.
            await over.CancelAsync();
            return;
        }
        await Task.WhenAny(pump, Task.Delay(Patience, TimeProvider.System));
        await socket.CloseAsync((WebSocketCloseStatus)1013, TooSlow);
        socket.Abort();
    }

    private static async Task SendAllAsync<T>(ApiSocket socket, StreamReader<T> reader, HashSet<Guid> skip, CancellationToken over)
    {
        try
        {
            while (await reader.WaitAsync(over))
            {
                while (!reader.IsTooSlow && reader.TryRead(out var item))
                {
                    if (skip.Remove(item.Id)) continue;
                    if (!await socket.SendAsync(item.Frame)) return;
                }
                if (reader.IsTooSlow) return;
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone, or the server stops.
        }
    }

    // A reader that is stuck in a send does not see that its queue was closed.
    private static async Task EndOfQueueAsync<T>(StreamReader<T> reader, Task pump, CancellationToken over)
    {
        while (!reader.IsTooSlow && !pump.IsCompleted && !over.IsCancellationRequested) await Task.WhenAny(pump, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, over));
    }

    private static string? Problem(string route, string key, JsonElement filter, bool isStrict)
    {
        if (filter.ValueKind != JsonValueKind.Object) return "Input should be a valid dictionary or object to extract fields from";
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"{{key}}":{{filter.GetRawText()}}}""");
        if (OpenApiDocument.Find("POST", route)?.CheckBody(body, isStrict, out _) is not { } errors) return null;
        return string.Join("; ", errors.All.Select(static fault => $"{string.Join('.', fault.Loc.Skip(2).Select(static part => part.Name ?? $"{part.Index}"))}: {fault.Message}"));
    }
}
