using System.Buffers.Text;
using System.Text.Unicode;

namespace Reeve.Contract.OpenApi;

/// <summary>What a JSON reader does not look at: whether the text inside strings is text.</summary>
internal static class JsonText
{
    /// <summary>What is wrong with the bytes as Unicode; null when nothing is.</summary>
    public static string? Fault(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return "it is not UTF-8. Encode it as UTF-8.";
        for (var at = json.IndexOf((byte)'\\'); at >= 0;)
        {
            var step = 2;
            if (Escaped(json[at..]) is { } unit)
            {
                step = 6;
                if (char.IsLowSurrogate(unit)) return HalfCharacter;
                if (char.IsHighSurrogate(unit))
                {
                    if (Escaped(json[(at + 6)..]) is not { } second || !char.IsLowSurrogate(second)) return HalfCharacter;
                    step = 12;
                }
            }
            var from = Math.Min(at + step, json.Length);
            var next = json[from..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : from + next;
        }
        return null;
    }

    private const string HalfCharacter = "it has half of a surrogate pair as a \\u escape. Write both halves, or the character itself.";

    private static char? Escaped(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && Utf8Parser.TryParse(text.Slice(2, 4), out int unit, out var read, 'x') && read == 4
            ? (char)unit
            : null;
}
