using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterSubFlowRuns
{
    [JsonPropertyName("exists_")]
    public bool? Exists { get; set; }
}
