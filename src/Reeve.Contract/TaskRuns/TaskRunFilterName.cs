using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("like_")]
    public string? Like { get; set; }
}
