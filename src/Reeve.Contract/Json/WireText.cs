using System.Text.Json;

namespace Reeve.Contract.Json;

/// <summary>The text of a string token, without a string being made of it where it is short.</summary>
internal static class WireText
{
    /// <summary>Room that every id, time and duration fits in.</summary>
    public const int ShortLength = 128;

    /// <summary>The unescaped text; it lies in <paramref name="buffer"/> when it fits.</summary>
    public static ReadOnlySpan<char> Read(in Utf8JsonReader reader, Span<char> buffer) =>
        !reader.HasValueSequence && reader.ValueSpan.Length <= buffer.Length ? buffer[..reader.CopyString(buffer)] : reader.GetString();
}
