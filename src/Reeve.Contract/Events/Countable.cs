using System.Text.Json.Serialization;

namespace Reeve.Contract.Events;

[JsonConverter(typeof(JsonStringEnumConverter<Countable>))]
public enum Countable
{
    [JsonStringEnumMemberName("day")] Day,
    [JsonStringEnumMemberName("time")] Time,
    [JsonStringEnumMemberName("event")] Event,
    [JsonStringEnumMemberName("resource")] Resource,
}
