using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

[JsonConverter(typeof(JsonStringEnumConverter<TriggerPosture>))]
public enum TriggerPosture
{
    [JsonStringEnumMemberName("Reactive")] Reactive,
    [JsonStringEnumMemberName("Proactive")] Proactive,
}
