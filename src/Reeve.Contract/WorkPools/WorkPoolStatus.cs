using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

[JsonConverter(typeof(JsonStringEnumConverter<WorkPoolStatus>))]
public enum WorkPoolStatus
{
    [JsonStringEnumMemberName("READY")] Ready,
    [JsonStringEnumMemberName("NOT_READY")] NotReady,
    [JsonStringEnumMemberName("PAUSED")] Paused,
}
