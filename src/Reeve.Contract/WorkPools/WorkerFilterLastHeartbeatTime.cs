using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

public sealed class WorkerFilterLastHeartbeatTime
{
    [JsonPropertyName("before_")]
    public DateTimeOffset? Before { get; set; }

    [JsonPropertyName("after_")]
    public DateTimeOffset? After { get; set; }
}
