using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

internal sealed class TriggerRequirementConverter : JsonConverter<TriggerRequirement>
{
    public override TriggerRequirement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt32(out var count) => TriggerRequirement.Exactly(count),
        JsonTokenType.String when reader.ValueTextEquals("any"u8) => TriggerRequirement.Any,
        JsonTokenType.String when reader.ValueTextEquals("all"u8) => TriggerRequirement.All,
        JsonTokenType.String when int.TryParse(reader.GetString(), out var count) => TriggerRequirement.Exactly(count),
        _ => throw new JsonException("Expected a whole number, \"any\" or \"all\"."),
    };

    public override void Write(Utf8JsonWriter writer, TriggerRequirement value, JsonSerializerOptions options)
    {
        if (value.Count is { } count)
            writer.WriteNumberValue(count);
        else
            writer.WriteStringValue(value.ToString());
    }
}
