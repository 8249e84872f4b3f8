using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

[JsonConverter(typeof(JsonStringEnumConverter<ActionSource>))]
public enum ActionSource
{
    [JsonStringEnumMemberName("selected")] Selected,
    [JsonStringEnumMemberName("inferred")] Inferred,
}
