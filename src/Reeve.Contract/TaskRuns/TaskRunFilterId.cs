using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
