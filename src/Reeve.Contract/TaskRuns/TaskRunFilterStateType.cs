using System.Text.Json.Serialization;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.TaskRuns;

public sealed class TaskRunFilterStateType
{
    [JsonPropertyName("any_")]
    public List<StateType>? Any { get; set; }
}
