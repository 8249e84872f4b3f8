using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterFlowRunId
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; } = false;
}
