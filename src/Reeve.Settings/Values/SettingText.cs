using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Reeve.Settings.Values;

/// <summary>Values back to text, the way one would write them in the environment.</summary>
internal static class SettingText
{
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Number(number),
        TimeSpan duration => DurationText.ToIso(duration),
        Guid id => id.ToString(),
        IReadOnlyList<string> words => string.Join(',', words),
        IReadOnlyList<long> numbers => string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        IReadOnlyList<double> numbers => string.Join(',', numbers.Select(WholeOrNumber)),
        _ => Json(value),
    };

    /// <summary>A number that shows it is not a whole one: <c>60.0</c>.</summary>
    public static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    public static string WholeOrNumber(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Json(object value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) SettingJsonWriter.WriteValue(writer, value);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
