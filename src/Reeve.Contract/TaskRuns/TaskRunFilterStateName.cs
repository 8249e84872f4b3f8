using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterStateName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }
}
