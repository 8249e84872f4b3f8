using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

public sealed class WorkerFilterStatus
{
    [JsonPropertyName("any_")]
    public List<WorkerStatus>? Any { get; set; }

    [JsonPropertyName("not_any_")]
    public List<WorkerStatus>? NotAny { get; set; }
}
