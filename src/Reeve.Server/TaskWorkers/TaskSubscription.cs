using System.Text.Json;

namespace Reeve.Server.TaskWorkers;

/// <summary>The first message of a task worker: which tasks it runs, and its name.</summary>
internal sealed record TaskSubscription(List<string> Keys, string Client)
{
    /// <summary>Reads it; otherwise <paramref name="problem"/> is the reason to close, or null when it is no JSON at all.</summary>
    public static TaskSubscription? Read(ReadOnlyMemory<byte> message, out string? problem)
    {
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            if (Type(root) != "subscribe") problem = "Protocol violation: expected 'subscribe' message";
            else if (ReadKeys(root) is not { Count: > 0 } keys) problem = "Protocol violation: expected 'keys' in subscribe message";
            else if (Text(root, "client_id") is not { Length: > 0 } client) problem = "Protocol violation: expected 'client_id' in subscribe message";
            else return new TaskSubscription(keys, client);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Ends without a reason.
        }
        return null;
    }

    /// <summary>The type of a message; null when it has none.</summary>
    public static string? Type(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return Type(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Type(JsonElement message) => Text(message, "type");

    private static string? Text(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string>? ReadKeys(JsonElement message) =>
        message.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array && keys.EnumerateArray().All(static key => key.ValueKind == JsonValueKind.String)
            ? [.. keys.EnumerateArray().Select(static key => key.GetString()!).Distinct()] : null;
}
