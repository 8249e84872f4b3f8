using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Core;

/// <summary>
/// One valid JSON value kept as the UTF-8 bytes it arrived in, so that what a user stored comes back unchanged.
/// The default value stands for JSON <c>null</c>.
/// </summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly struct RawJson : IEquatable<RawJson>
{
    private static readonly byte[] NullText = "null"u8.ToArray();

    private readonly ReadOnlyMemory<byte> utf8;

    /// <summary>Wraps bytes the caller knows to be one valid JSON value; they are neither checked nor copied.</summary>
    public RawJson(ReadOnlyMemory<byte> utf8) => this.utf8 = utf8;

    /// <summary>The UTF-8 text of the value.</summary>
    public ReadOnlyMemory<byte> Utf8 => utf8.IsEmpty ? NullText : utf8;

    /// <summary>Whether the value is JSON <c>null</c>.</summary>
    public bool IsNull => utf8.IsEmpty || utf8.Span.SequenceEqual(NullText);

    /// <summary>Checks <paramref name="json"/> and wraps it.</summary>
    /// <exception cref="JsonException">The text is not exactly one JSON value.</exception>
    public static RawJson Parse(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        reader.Skip();
        while (reader.Read())
        {
        }

        return new RawJson(bytes);
    }

    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);
}
