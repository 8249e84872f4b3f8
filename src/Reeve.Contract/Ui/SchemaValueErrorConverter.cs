using System.Text.Json;
using Reeve.Contract.Json;

namespace Reeve.Contract.Ui;

internal sealed class SchemaValueErrorConverter : UnionConverter<SchemaValueError>
{
    protected override string? Discriminator => null;

    protected override Type? Choose(string? discriminator, IReadOnlySet<string> members)
        => members.Contains("property") ? typeof(SchemaValuePropertyError) : members.Contains("index") ? typeof(SchemaValueIndexError) : null;

    public override SchemaValueError Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String ? new SchemaValueMessage(reader.GetString()!) : base.Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, SchemaValueError value, JsonSerializerOptions options)
    {
        if (value is SchemaValueMessage message)
            writer.WriteStringValue(message.Message);
        else
            base.Write(writer, value, options);
    }
}
