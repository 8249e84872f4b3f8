using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterEndTime
{
    [JsonPropertyName("before_")]
    public DateTimeOffset? Before { get; set; }

    [JsonPropertyName("after_")]
    public DateTimeOffset? After { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
