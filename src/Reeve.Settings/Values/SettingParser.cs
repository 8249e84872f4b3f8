using System.Globalization;

namespace Reeve.Settings.Values;

/// <summary>Turns the text of a setting into its value.</summary>
internal static class SettingParser
{
    /// <summary>Reads <paramref name="raw"/>; when it cannot be read, <paramref name="expected"/> says what would be accepted.</summary>
    public static bool TryParse(SettingDefinition definition, RawSetting raw, PathContext paths, out object? value, out string expected)
    {
        expected = "";
        if (TryRead(definition, raw, paths, out value) && SettingLimits.Allows(definition, value)) return true;
        expected = Expected(definition);
        return false;
    }

    private static bool TryRead(SettingDefinition definition, RawSetting raw, PathContext paths, out object? value)
    {
        value = null;
        var text = raw.Text.Trim();
        switch (definition.Kind)
        {
            case SettingKind.Text or SettingKind.Secret or SettingKind.Any:
                value = raw.Text;
                return true;
            case SettingKind.Flag:
                value = raw.Text.Length > 0;
                return true;
            case SettingKind.Bool:
                return Set(ReadBool(text), out value);
            case SettingKind.Int:
                return Set(ReadInt(text), out value);
            case SettingKind.Float:
                return Set(ReadFloat(text), out value);
            case SettingKind.Guid:
                return Set<Guid>(Guid.TryParse(text, out var id) ? id : null, out value);
            case SettingKind.Path:
                value = paths.Expand(raw.Text);
                return raw.Text.Length > 0;
            case SettingKind.Enum:
                value = ReadOption(definition, text);
                return value is not null;
            case SettingKind.Duration or SettingKind.SecondsOrDuration or SettingKind.WholeSeconds:
                return Set(ReadDuration(definition.Kind, text, raw.IsNumber), out value);
            case SettingKind.Map:
                value = SettingJson.ReadMap(text);
                return value is not null;
            case SettingKind.DurationMap:
                value = SettingJson.ReadDurations(text);
                return value is not null;
            default:
                return TryReadList(definition, text, out value);
        }
    }

    private static bool TryReadList(SettingDefinition definition, string text, out object? value)
    {
        value = null;
        if (definition.Kind == SettingKind.SetOrBool)
        {
            if (definition.IsOptional && text.Equals("null", StringComparison.OrdinalIgnoreCase)) return true;
            value = text.ToUpperInvariant() switch { "TRUE" or "1" => true, "FALSE" or "0" or "" => false, _ => null };
            if (value is not null) return true;
        }

        if (SettingJson.ReadList(text) is not { } items) return false;
        switch (definition.Kind)
        {
            case SettingKind.List:
                value = items;
                return true;
            case SettingKind.Set:
                value = items.Distinct().ToArray();
                return true;
            case SettingKind.SetOrBool:
                value = items.Distinct().ToArray();
                return items.All(item => definition.Options.Contains(item));
            case SettingKind.IntSet:
                var whole = items.Select(ReadInt).ToArray();
                value = whole.OfType<long>().Distinct().ToArray();
                return whole.All(number => number is not null);
            default:
                var numbers = items.Select(ReadFloat).ToArray();
                value = numbers.OfType<double>().ToArray();
                return numbers.Length > 0 && numbers.All(number => number is not null);
        }
    }

    private static bool Set<T>(T? read, out object? value)
        where T : struct
    {
        value = read;
        return read is not null;
    }

    internal static bool? ReadBool(string text) => text.ToUpperInvariant() switch
    {
        "1" or "TRUE" or "T" or "YES" or "Y" or "ON" => true,
        "0" or "FALSE" or "F" or "NO" or "N" or "OFF" => false,
        _ => null,
    };

    private static long? ReadInt(string text)
    {
        // Python writes 1_000 and takes 5.0 for a whole number; existing installations may rely on both.
        if (text.StartsWith('_') || text.EndsWith('_')) return null;
        text = text.Replace("_", "");
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var real)
            && real == Math.Floor(real) && Math.Abs(real) < 1e15
            ? (long)real
            : null;
    }

    private static double? ReadFloat(string text)
    {
        if (text.StartsWith('_') || text.EndsWith('_')) return null;
        return double.TryParse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
    }

    private static TimeSpan? ReadDuration(SettingKind kind, string text, bool isNumber)
    {
        TimeSpan duration;
        var read = isNumber || kind != SettingKind.Duration
            ? DurationText.TryParseWithSeconds(text, out duration)
            : DurationText.TryParse(text, out duration);
        return read ? duration : null;
    }

    private static string? ReadOption(SettingDefinition definition, string text)
    {
        // Log levels are written in either case; other words are exact.
        foreach (var option in definition.Options)
        {
            if (option.Equals(text, StringComparison.OrdinalIgnoreCase)) return option;
        }

        return null;
    }

    private static string Expected(SettingDefinition definition)
    {
        var kind = definition.Kind switch
        {
            SettingKind.Bool => "true or false (1/0, yes/no, on/off)",
            SettingKind.Int => "a whole number",
            SettingKind.Float => "a number",
            SettingKind.Guid => "a UUID",
            SettingKind.Path => "a path",
            SettingKind.Enum => "one of " + string.Join(", ", definition.Options),
            SettingKind.Duration => "a duration such as PT1H, 01:00:00 or '1 day 02:00:00'",
            SettingKind.SecondsOrDuration => "a number of seconds or a duration such as PT1H",
            SettingKind.WholeSeconds => "a number of seconds",
            SettingKind.List or SettingKind.Set => "words separated by commas",
            SettingKind.IntSet => "whole numbers separated by commas",
            SettingKind.SetOrBool => "true, false, or some of " + string.Join(", ", definition.Options) + " separated by commas",
            SettingKind.Numbers => "a number, or several separated by commas",
            SettingKind.Map => "a JSON object of strings, such as {\"name\": \"value\"}",
            SettingKind.DurationMap => "a JSON object of seconds, such as {\"prefect.flow-run.heartbeat\": 604800}",
            _ => "text",
        };
        return definition.Limits.Length == 0 ? kind : kind + " " + SettingLimits.Describe(definition);
    }
}
