using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("like_")]
    public string? Like { get; set; }
}
