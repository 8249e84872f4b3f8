using System.Globalization;
using System.Text;

namespace Reeve.Data.Sqlite;

/// <summary>
/// How values are kept in SQLite: as SQLAlchemy keeps them, because the tables are shared with Prefect.
/// Ids are 36-character text, instants <c>YYYY-MM-DD HH:MM:SS.ffffff</c> in UTC, durations an instant counted from 1970.
/// </summary>
internal static class SqliteValues
{
    private const string InstantFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    public static string Instant(DateTimeOffset value) =>
        value.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan value) =>
        DateTime.UnixEpoch.Add(value).ToString(InstantFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseInstant(ReadOnlySpan<byte> text)
    {
        if (text.Length == 26 && text[4] == '-' && text[10] is (byte)' ' or (byte)'T')
        {
            var date = new DateTime(Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2),
                Digits(text, 11, 2), Digits(text, 14, 2), Digits(text, 17, 2), DateTimeKind.Utc);
            return new DateTimeOffset(date.AddTicks(Digits(text, 20, 6) * TimeSpan.TicksPerMicrosecond));
        }
        return DateTimeOffset.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    public static TimeSpan ParseDuration(ReadOnlySpan<byte> text) =>
        text is [(byte)'0'] ? TimeSpan.Zero : ParseInstant(text) - DateTimeOffset.UnixEpoch;

    public static string JsonArray(IEnumerable<string> items)
    {
        var text = new StringBuilder("[");
        foreach (var item in items)
        {
            if (text.Length > 1) text.Append(',');
            text.Append('"').Append(System.Text.Json.JsonEncodedText.Encode(item).Value).Append('"');
        }
        return text.Append(']').ToString();
    }

    private static int Digits(ReadOnlySpan<byte> text, int from, int count)
    {
        var number = 0;
        foreach (var digit in text.Slice(from, count)) number = number * 10 + (digit - '0');
        return number;
    }
}
