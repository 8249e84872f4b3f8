using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Reeve.Core;

/// <summary>
/// One valid JSON value kept as the UTF-8 text it arrived in, so that what a user stored comes back unchanged.
/// The default value, <see cref="None"/>, is JSON <c>null</c>, which is stored as SQL NULL.
/// </summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly struct RawJson : IEquatable<RawJson>
{
    /// <summary>How deep values may nest. Event payloads that quote other events get deep.</summary>
    public const int MaxDepth = 256;

    private static readonly byte[] NullText = "null"u8.ToArray();

    private readonly ReadOnlyMemory<byte> utf8;

    /// <summary>Wraps bytes the caller knows to be one valid JSON value; they are neither checked nor copied.</summary>
    public RawJson(ReadOnlyMemory<byte> utf8) => this.utf8 = utf8;

    /// <summary>JSON null; the same as <c>default</c>.</summary>
    public static RawJson None => default;

    public static RawJson EmptyObject { get; } = new("{}"u8.ToArray());

    public static RawJson EmptyArray { get; } = new("[]"u8.ToArray());

    /// <summary>The UTF-8 text of the value.</summary>
    public ReadOnlyMemory<byte> Utf8 => utf8.IsEmpty ? NullText : utf8;

    /// <summary>Whether the value is JSON <c>null</c>.</summary>
    public bool IsNull => utf8.IsEmpty || utf8.Span.SequenceEqual(NullText);

    /// <summary>Checks <paramref name="json"/> and wraps it.</summary>
    /// <exception cref="JsonException">The text is not exactly one JSON value.</exception>
    public static RawJson Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Checks and copies <paramref name="utf8"/>.</summary>
    /// <exception cref="JsonException">The text is not exactly one JSON value.</exception>
    public static RawJson Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        var value = Read(ref reader);
        if (reader.Read())
            throw new JsonException("Expected a single JSON value.");
        return value;
    }

    /// <summary>Wraps text the caller knows to be one valid JSON value, such as a database column's; null gives <see cref="None"/>.</summary>
    public static RawJson FromTrusted(string? json) => json is null ? None : new(Encoding.UTF8.GetBytes(json));

    /// <summary>Writes <paramref name="value"/> and keeps the text.</summary>
    public static RawJson From<T>(T value, JsonTypeInfo<T> typeInfo) => new(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));

    /// <summary>The text of the value the reader stands on; leaves the reader on the value's last token.</summary>
    public static RawJson Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return None;
        using var document = JsonDocument.ParseValue(ref reader);
        return new RawJson(JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray());
    }

    /// <summary>A reader before the first token.</summary>
    public Utf8JsonReader CreateReader() => new(Utf8.Span, new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>The value as a tree; the caller disposes it.</summary>
    public JsonDocument ToDocument() => JsonDocument.Parse(Utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });

    public void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(Utf8.Span, skipInputValidation: true);

    /// <summary>True when the texts are the same byte for byte; spacing and key order count.</summary>
    /// <summary>The value, or <c>{}</c> where it is JSON null.</summary>
    public RawJson OrEmptyObject() => IsNull ? EmptyObject : this;

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
