using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentFilterTags
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("all_")]
    public List<string>? All { get; set; }

    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
