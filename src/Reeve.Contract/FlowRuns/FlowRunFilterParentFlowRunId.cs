using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterParentFlowRunId
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
