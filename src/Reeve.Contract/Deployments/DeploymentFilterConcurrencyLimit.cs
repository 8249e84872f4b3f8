using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentFilterConcurrencyLimit
{
    [JsonPropertyName("ge_")]
    public int? Ge { get; set; }

    [JsonPropertyName("le_")]
    public int? Le { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
