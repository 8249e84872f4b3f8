using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reeve.Core.Orchestration;

/// <summary>Looks into the data of states.</summary>
internal static class ResultData
{
    // Text stays as users wrote it; this JSON never stands inside HTML.
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ResultShape ShapeOf(RawJson? data)
    {
        if (data is not { } json || json.IsNull)
        {
            return ResultShape.None;
        }

        var reader = new Utf8JsonReader(json.Utf8.Span);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ShapeOfObject(ref reader);
            case JsonTokenType.StartArray:
                reader.Read();
                return reader.TokenType == JsonTokenType.EndArray ? ResultShape.FalsyValue : ResultShape.Value;
            case JsonTokenType.String:
                return reader.ValueSpan.IsEmpty ? ResultShape.FalsyValue : ResultShape.Value;
            case JsonTokenType.Number:
                return reader.GetDouble() == 0 ? ResultShape.FalsyValue : ResultShape.Value;
            case JsonTokenType.False:
                return ResultShape.FalsyValue;
            default:
                return ResultShape.Value;
        }
    }

    /// <summary>Whether a flow run's stored state carries a persisted result.</summary>
    public static bool IsPersisted(State? stored) => ShapeOf(stored?.Data) == ResultShape.Object;

    /// <summary>Whether a state proposed for a flow run carries a persisted result; the empty object counts.</summary>
    public static bool IsProposedPersisted(State proposed) => ShapeOf(proposed.Data) is ResultShape.Object or ResultShape.EmptyObject;

    /// <summary>Whether a task run's stored state carries a result that must not be lost.</summary>
    public static bool IsTaskResult(State? stored) => ShapeOf(stored?.Data) is ResultShape.Object or ResultShape.Value;

    /// <summary>
    /// The artifact that keeps the data of a stored state, or null if it is not kept. The keys that describe the artifact
    /// are taken out of the data.
    /// </summary>
    public static ResultArtifact? ToArtifact(RawJson data, OrchestrationSource source)
    {
        var shape = ShapeOf(data);
        if (shape is ResultShape.None or ResultShape.Unpersisted)
        {
            return null;
        }

        var id = source.NewId();
        if (shape != ResultShape.Object || data.Utf8.Span.IndexOf("artifact_"u8) < 0)
        {
            return new ResultArtifact { Id = id, Data = data };
        }

        using var document = JsonDocument.Parse(data.Utf8);
        var described = document.RootElement;
        return new ResultArtifact
        {
            Id = id,
            Key = Text(described, "artifact_key"),
            Type = Text(described, "artifact_type"),
            Description = Text(described, "artifact_description"),
            Data = WithoutDescription(described),
        };
    }

    private static ResultShape ShapeOfObject(ref Utf8JsonReader reader)
    {
        var shape = ResultShape.EmptyObject;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
            {
                // The last of several equal keys counts, as for every reader of JSON objects as maps.
                shape = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("unpersisted"u8)
                    ? ResultShape.Unpersisted
                    : ResultShape.Object;
            }
            else if (shape == ResultShape.EmptyObject)
            {
                shape = ResultShape.Object;
            }

            reader.Skip();
        }

        return shape;
    }

    private static string? Text(JsonElement described, string key) =>
        described.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static RawJson WithoutDescription(JsonElement described)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Unescaped))
        {
            writer.WriteStartObject();
            foreach (var property in described.EnumerateObject())
            {
                if (!property.NameEquals("artifact_key") && !property.NameEquals("artifact_type") && !property.NameEquals("artifact_description"))
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return new RawJson(buffer.WrittenMemory);
    }
}
