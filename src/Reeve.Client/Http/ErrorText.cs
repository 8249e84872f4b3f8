using System.Net;
using System.Text;
using System.Text.Json;

namespace Reeve.Client.Http;

/// <summary>Finds the sentence in an error answer.</summary>
internal static class ErrorText
{
    private const int Longest = 2000;

    /// <summary>The <c>detail</c>, or the list of invalid fields, or the <c>exception_message</c>, or the text as it is.</summary>
    public static string Read(HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            if (Of(document.RootElement) is { Length: > 0 } text) return text;
        }
        catch (JsonException)
        {
            // Not JSON: a proxy's page, or nothing at all.
        }

        var plain = Encoding.UTF8.GetString(body[..Math.Min(body.Length, Longest)]).Trim();
        if (plain.Length > 0 && plain[0] != '<') return plain;
        return status == HttpStatusCode.Unauthorized ? "Unauthorized" : $"The server answered {(int)status} {status}";
    }

    private static string? Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return null;
        if (root.TryGetProperty("detail", out var detail)) return detail.ValueKind == JsonValueKind.String ? detail.GetString() : detail.GetRawText();
        if (root.TryGetProperty("exception_detail", out var list) && list.ValueKind == JsonValueKind.Array && Fields(list) is { Length: > 0 } fields)
            return fields;
        return root.TryGetProperty("exception_message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
    }

    private static string Fields(JsonElement list)
    {
        var text = new StringBuilder();
        foreach (var error in list.EnumerateArray())
        {
            if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty("msg", out var message)) continue;
            if (text.Length > 0) text.Append("; ");
            if (error.TryGetProperty("loc", out var location) && location.ValueKind == JsonValueKind.Array)
            {
                var path = location.EnumerateArray().Skip(1).Select(part => part.ToString());
                text.AppendJoin('.', path).Append(": ");
            }

            text.Append(message.ToString());
        }

        return text.ToString();
    }
}
