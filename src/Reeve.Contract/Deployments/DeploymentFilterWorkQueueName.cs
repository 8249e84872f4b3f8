using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentFilterWorkQueueName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }
}
