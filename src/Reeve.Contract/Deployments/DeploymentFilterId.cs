using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }

    [JsonPropertyName("not_any_")]
    public List<Guid>? NotAny { get; set; }
}
