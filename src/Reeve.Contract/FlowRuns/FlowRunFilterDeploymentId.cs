using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterDeploymentId
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
