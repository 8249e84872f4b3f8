using System.Net.WebSockets;
using System.Text.Json;

namespace Reeve.Server.Http.WebSockets;

/// <summary>The first two messages of a socket: credentials, and that they are good. See websockets.md §1.2.</summary>
internal sealed class SocketHandshake(BasicAuth auth)
{
    /// <summary>What a client offers that will authenticate by message.</summary>
    public const string Subprotocol = "prefect";

    public bool IsAuthOn => auth.IsOn;

    /// <summary>False: the client was refused and the socket closed. <paramref name="reason"/> replaces the usual texts.</summary>
    public async Task<bool> PassAsync(ApiSocket socket, string? reason = null)
    {
        if (await socket.ReceiveAsync() is not { } message) return false;
        if (Problem(message, out var unreadable) is { } problem)
        {
            if (unreadable && reason is null) socket.Abort();
            else await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, reason ?? problem);
            return false;
        }
        return await socket.SendAsync(static writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "auth_success");
            writer.WriteEndObject();
        });
    }

    private string? Problem(ReadOnlyMemory<byte> message, out bool unreadable)
    {
        unreadable = false;
        try
        {
            using var document = JsonDocument.Parse(message);
            if (Text(document.RootElement, "type") is not "auth") return "Expected 'auth' message";
            if (!auth.IsOn) return null;
            if (Text(document.RootElement, "token") is not { Length: > 0 } token) return "Auth required but no token provided";
            return auth.IsToken(token) ? null : "Invalid token";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            unreadable = true;
            return "Expected 'auth' message";
        }
    }

    private static string? Text(JsonElement message, string key) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
