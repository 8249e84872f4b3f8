using System.Text.Json.Serialization;

namespace Reeve.Contract.Artifacts;

public sealed class ArtifactCollectionFilterType
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("not_any_")]
    public List<string>? NotAny { get; set; }
}
