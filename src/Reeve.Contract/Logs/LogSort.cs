using System.Text.Json.Serialization;

namespace Reeve.Contract.Logs;

[JsonConverter(typeof(JsonStringEnumConverter<LogSort>))]
public enum LogSort
{
    [JsonStringEnumMemberName("TIMESTAMP_ASC")] TimestampAsc,
    [JsonStringEnumMemberName("TIMESTAMP_DESC")] TimestampDesc,
}
