using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentOrFlowNameFilter
{
    [JsonPropertyName("like_")]
    public string? Like { get; set; }
}
