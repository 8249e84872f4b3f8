using System.Text.Json.Serialization;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterStateType
{
    [JsonPropertyName("any_")]
    public List<StateType>? Any { get; set; }

    [JsonPropertyName("not_any_")]
    public List<StateType>? NotAny { get; set; }
}
