using System.Text.Json.Serialization;

namespace Reeve.Contract.Events;

[JsonConverter(typeof(JsonStringEnumConverter<EventOrder>))]
public enum EventOrder
{
    [JsonStringEnumMemberName("ASC")] Asc,
    [JsonStringEnumMemberName("DESC")] Desc,
}
