using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

[JsonConverter(typeof(JsonStringEnumConverter<WorkQueueStatus>))]
public enum WorkQueueStatus
{
    [JsonStringEnumMemberName("READY")] Ready,
    [JsonStringEnumMemberName("NOT_READY")] NotReady,
    [JsonStringEnumMemberName("PAUSED")] Paused,
}
