using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

/// <summary>A text, or an object that is kept as its indented JSON text, so that templates in it are rendered.</summary>
internal sealed class PayloadConverter : JsonConverter<string?>
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return reader.GetString();
        using var document = JsonDocument.ParseValue(ref reader);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented)) document.RootElement.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
