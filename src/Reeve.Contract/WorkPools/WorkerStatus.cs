using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

[JsonConverter(typeof(JsonStringEnumConverter<WorkerStatus>))]
public enum WorkerStatus
{
    [JsonStringEnumMemberName("ONLINE")] Online,
    [JsonStringEnumMemberName("OFFLINE")] Offline,
}
