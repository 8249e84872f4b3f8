using System.Text.Json.Serialization;

namespace Reeve.Contract.Artifacts;

public sealed class ArtifactFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
