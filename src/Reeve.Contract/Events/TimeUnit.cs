using System.Text.Json.Serialization;

namespace Reeve.Contract.Events;

[JsonConverter(typeof(JsonStringEnumConverter<TimeUnit>))]
public enum TimeUnit
{
    [JsonStringEnumMemberName("week")] Week,
    [JsonStringEnumMemberName("day")] Day,
    [JsonStringEnumMemberName("hour")] Hour,
    [JsonStringEnumMemberName("minute")] Minute,
    [JsonStringEnumMemberName("second")] Second,
}
