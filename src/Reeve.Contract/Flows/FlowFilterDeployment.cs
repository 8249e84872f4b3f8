using System.Text.Json.Serialization;

namespace Reeve.Contract.Flows;

public sealed class FlowFilterDeployment
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
