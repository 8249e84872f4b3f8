using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentFilterPaused
{
    [JsonPropertyName("eq_")]
    public bool? Eq { get; set; }
}
