using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>The REST API's OpenAPI document: what is served to clients, and what requests are checked against.</summary>
public static class OpenApiDocument
{
    private static readonly Lazy<DocumentIndex> LazyIndex = new(static () => new DocumentIndex());
    private static readonly Lazy<SchemaCompiler> LazyCompiler = new(static () => new SchemaCompiler(LazyIndex.Value));

    private static ReadOnlySpan<byte> Metrics =>
        """{"get":{"summary":"Meters as Prometheus text","operationId":"metrics_metrics_get","responses":{"200":{"description":"","content":{"text/plain":{"schema":{"type":"string"}}}}}}}"""u8;

    internal static DocumentIndex Index => LazyIndex.Value;

    internal static SchemaCompiler Compiler => LazyCompiler.Value;

    /// <summary>The operation of a method in capitals and a path as the document writes it, without the mount; null when the document has none.</summary>
    public static Operation? Find(string method, string path)
    {
        using var document = Index.Operation(method, path);
        return document is null ? null : new Operation(document.RootElement, Compiler);
    }

    /// <summary>The document as it is served.</summary>
    /// <param name="version">The version to print in it; null: the version of the contract.</param>
    /// <param name="server">The path the API is mounted at, for <c>servers</c>; null leaves it out.</param>
    /// <param name="withMetrics">Whether <c>/metrics</c> is served, which belongs to the document only then.</param>
    public static byte[] Write(string? version = null, string? server = null, bool withMetrics = false)
    {
        using var stream = DocumentIndex.Open();
        using var document = JsonDocument.Parse(stream);
        using var buffer = new MemoryStream((int)stream.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ReeveJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            foreach (var part in document.RootElement.EnumerateObject())
            {
                if (part.NameEquals("info"u8))
                {
                    WriteInfo(writer, part.Value, version);
                    if (server is not null) WriteServers(writer, server);
                }
                else if (withMetrics && part.NameEquals("paths"u8))
                {
                    WritePathsWithMetrics(writer, part.Value);
                }
                else
                {
                    part.WriteTo(writer);
                }
            }
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WritePathsWithMetrics(Utf8JsonWriter writer, JsonElement paths)
    {
        writer.WriteStartObject("paths");
        foreach (var path in paths.EnumerateObject()) path.WriteTo(writer);
        writer.WritePropertyName("/metrics");
        writer.WriteRawValue(Metrics, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private static void WriteInfo(Utf8JsonWriter writer, JsonElement info, string? version)
    {
        writer.WriteStartObject("info");
        foreach (var part in info.EnumerateObject())
        {
            if (version is not null && part.NameEquals("version"u8)) writer.WriteString("version", version);
            else part.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    private static void WriteServers(Utf8JsonWriter writer, string server)
    {
        writer.WriteStartArray("servers");
        writer.WriteStartObject();
        writer.WriteString("url", server);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
