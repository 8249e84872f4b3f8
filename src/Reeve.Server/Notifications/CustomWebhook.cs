using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reeve.Server.Notifications;

/// <summary>A request that a user writes himself, with <c>{{subject}}</c>, <c>{{body}}</c>, <c>{{name}}</c> and secrets by their names in it.</summary>
internal static class CustomWebhook
{
    public static OutgoingRequest Of(NotificationBlock block, string? subject, string body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in block.Map("secrets") ?? []) values[name] = Text(value);
        values["subject"] = subject ?? "null";
        values["body"] = body;
        values["name"] = block.OptionalText("name") ?? "";

        List<KeyValuePair<string, string>> headers = [KeyValuePair.Create("User-Agent", OutgoingSender.UserAgent)];
        foreach (var (name, value) in block.Map("headers") ?? [])
        {
            headers.RemoveAll(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase));
            headers.Add(KeyValuePair.Create(name, Fill(Text(value), values)));
        }
        if (block.Map("cookies") is { Count: > 0 } cookies)
            headers.Add(KeyValuePair.Create("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={Fill(Text(cookie.Value), values)}"))));
        var request = new OutgoingRequest(block.OptionalText("method") ?? "POST", Url(block, values))
        {
            Headers = headers,
            Timeout = TimeSpan.FromSeconds(Math.Clamp(block.Number("timeout", 10), 0.1, 55)),
            AllowPrivate = block.Flag("allow_private_urls", true),
        };
        if (block.Node("json_data") is JsonObject or JsonArray)
            return request with { Body = NotificationRequests.Utf8(Fill(block.Node("json_data")!, values)!), ContentType = "application/json" };
        if (block.Map("form_data") is { } form)
        {
            var fields = form.Select(field => (field.Key, Fill(Text(field.Value), values)));
            return request with { Body = NotificationRequests.Form(fields), ContentType = "application/x-www-form-urlencoded" };
        }
        return request;
    }

    private static string Url(NotificationBlock block, Dictionary<string, string> values)
    {
        var url = Fill(block.Text("url"), values);
        if (block.Map("params") is not { Count: > 0 } parameters) return url;
        var query = string.Join('&', parameters.Select(one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(Fill(Text(one.Value), values))}"));
        return $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    private static JsonNode? Fill(JsonNode? node, Dictionary<string, string> values) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(Fill(member.Key, values), Fill(member.Value, values)))),
        JsonArray list => new JsonArray([.. list.Select(item => Fill(item, values))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Fill(value.GetValue<string>(), values)),
        _ => node?.DeepClone(),
    };

    /// <summary>Replaces known placeholders in one pass, so that nothing in a value is taken for another; unknown ones stay.</summary>
    private static string Fill(string text, Dictionary<string, string> values)
    {
        if (!text.Contains("{{", StringComparison.Ordinal)) return text;
        var filled = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0) break;
            filled.Append(text, at, open - at);
            var found = values.TryGetValue(text[(open + 2)..close].Trim(), out var value);
            filled.Append(found ? value : text[open..(close + 2)]);
            at = close + 2;
        }
        return filled.Append(text, at, text.Length - at).ToString();
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue one when one.GetValueKind() == JsonValueKind.String => one.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
