using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterExpectedStartTime
{
    [JsonPropertyName("before_")]
    public DateTimeOffset? Before { get; set; }

    [JsonPropertyName("after_")]
    public DateTimeOffset? After { get; set; }
}
