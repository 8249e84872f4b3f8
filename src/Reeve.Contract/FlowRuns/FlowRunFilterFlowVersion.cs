using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterFlowVersion
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }
}
