using System.Text.Json;

namespace Reeve.Settings.Values;

/// <summary>Lists and maps inside the text of a setting.</summary>
internal static class SettingJson
{
    /// <summary>A JSON array, or words separated by commas; null when it looks like JSON and is not.</summary>
    public static string[]? ReadList(string text)
    {
        if (!text.StartsWith('[')) return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        using var document = Parse(text);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Array) return null;
        return [.. document.RootElement.EnumerateArray().Select(ScalarText)];
    }

    /// <summary>A JSON object whose members are strings, or null.</summary>
    public static IReadOnlyDictionary<string, string>? ReadMap(string text)
    {
        using var document = Parse(text);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object) return null;
        var map = new Dictionary<string, string>();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String) return null;
            map[member.Name] = member.Value.GetString()!;
        }

        return map;
    }

    /// <summary>A JSON object whose members are durations above zero, in seconds or as text, or null.</summary>
    public static IReadOnlyDictionary<string, TimeSpan>? ReadDurations(string text)
    {
        using var document = Parse(text);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object) return null;
        var map = new Dictionary<string, TimeSpan>();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (!DurationText.TryParseWithSeconds(ScalarText(member.Value), out var duration) || duration <= TimeSpan.Zero) return null;
            map[member.Name] = duration;
        }

        return map;
    }

    private static string ScalarText(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
