using System.Buffers;
using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>
/// Where each operation and schema stands in the embedded document. The document itself is not kept: a part of it is read
/// again when it is compiled.
/// </summary>
internal sealed class DocumentIndex
{
    private const string Resource = "openapi.json";

    private readonly Dictionary<string, Range> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Range> _schemas = new(StringComparer.Ordinal);

    public DocumentIndex()
    {
        using var stream = Open();
        var length = (int)stream.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            stream.ReadExactly(bytes, 0, length);
            Scan(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The keys <c>GET /flows/{id}</c> of all operations, in the document's order.</summary>
    public IReadOnlyCollection<string> Operations => _operations.Keys;

    public IReadOnlyCollection<string> Schemas => _schemas.Keys;

    /// <summary>The operation as a document the caller disposes; null when there is none.</summary>
    public JsonDocument? Operation(string method, string path) =>
        _operations.TryGetValue($"{method} {path}", out var range) ? Parse(range) : null;

    /// <exception cref="KeyNotFoundException">The document has no such schema.</exception>
    public JsonDocument Schema(string name) => Parse(_schemas[name]);

    public static Stream Open() => typeof(DocumentIndex).Assembly.GetManifestResourceStream(Resource)!;

    private static JsonDocument Parse(Range range)
    {
        using var stream = Open();
        var bytes = new byte[range.End.Value - range.Start.Value];
        stream.Position = range.Start.Value;
        stream.ReadExactly(bytes);
        return JsonDocument.Parse(bytes);
    }

    private void Scan(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("paths"u8)) ScanPaths(ref reader);
            else if (reader.ValueTextEquals("components"u8)) ScanComponents(ref reader);
            else reader.Skip();
        }
    }

    private void ScanPaths(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var path = reader.GetString()!;
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var method = reader.GetString()!.ToUpperInvariant();
                _operations[$"{method} {path}"] = ValueRange(ref reader);
            }
        }
    }

    private void ScanComponents(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("schemas"u8))
            {
                reader.Skip();
                continue;
            }
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) _schemas[reader.GetString()!] = ValueRange(ref reader);
        }
    }

    private static Range ValueRange(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}
