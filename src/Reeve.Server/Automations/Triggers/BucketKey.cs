using System.Globalization;
using System.Text;
using System.Text.Json;
using Reeve.Contract;
using Reeve.Core;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// The values that a bucket counts for, as text. SQLite compares the stored text itself, so it is written exactly as Prefect
/// writes it: a blank after each comma, everything beyond ASCII escaped.
/// </summary>
internal static class BucketKey
{
    public static string Text(IReadOnlyList<string> values)
    {
        if (values.Count == 0) return "[]";
        var text = new StringBuilder("[");
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) text.Append(", ");
            text.Append('"');
            foreach (var c in values[i]) Write(text, c);
            text.Append('"');
        }
        return text.Append(']').ToString();
    }

    /// <summary>The same text for the same values, however the column writes them.</summary>
    public static string Text(RawJson stored) => Text(Values(stored));

    public static IReadOnlyList<string> Values(RawJson stored) =>
        JsonSerializer.Deserialize(stored.Utf8.Span, ReeveJson.TypeInfo<List<string>>()) ?? [];

    private static void Write(StringBuilder text, char c)
    {
        switch (c)
        {
            case '"': text.Append("\\\""); break;
            case '\\': text.Append(@"\\"); break;
            case '\n': text.Append("\\n"); break;
            case '\r': text.Append("\\r"); break;
            case '\t': text.Append("\\t"); break;
            case '\b': text.Append("\\b"); break;
            case '\f': text.Append("\\f"); break;
            case >= ' ' and < '\x7f': text.Append(c); break;
            default: text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
        }
    }
}
