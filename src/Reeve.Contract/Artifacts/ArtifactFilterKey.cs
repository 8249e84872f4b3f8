using System.Text.Json.Serialization;

namespace Reeve.Contract.Artifacts;

public sealed class ArtifactFilterKey
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("like_")]
    public string? Like { get; set; }

    [JsonPropertyName("exists_")]
    public bool? Exists { get; set; }
}
