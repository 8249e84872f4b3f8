using System.Globalization;
using System.Text;
using Reeve.Core;

namespace Reeve.Server.Events;

/// <summary>
/// What PostgreSQL's <c>jsonb</c> cannot hold, NUL characters and halves of surrogate pairs, is replaced by U+FFFD when an
/// event comes in: an event that cannot be stored would otherwise be lost, or block those behind it.
/// </summary>
internal static class EventText
{
    public static RawJson Storable(RawJson json)
    {
        var text = json.Utf8.Span;
        if (text.IndexOf("\\u"u8) < 0) return json;
        byte[]? cleaned = null;
        for (var at = 0; at < text.Length - 1; at++)
        {
            if (text[at] != '\\') continue;
            if (text[at + 1] != 'u') { at++; continue; }
            var unit = Unit(text, at);
            if (char.IsHighSurrogate(unit) && at + 6 < text.Length && text[at + 6] == '\\' && text[at + 7] == 'u' && char.IsLowSurrogate(Unit(text, at + 6)))
            {
                at += 11;
                continue;
            }
            if (unit == '\0' || char.IsSurrogate(unit))
            {
                cleaned ??= text.ToArray();
                "\\ufffd"u8.CopyTo(cleaned.AsSpan(at));
            }
            at += 5;
        }
        return cleaned is null ? json : new RawJson(cleaned);
    }

    private static char Unit(ReadOnlySpan<byte> text, int at) =>
        (char)ushort.Parse(Encoding.ASCII.GetString(text.Slice(at + 2, 4)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
