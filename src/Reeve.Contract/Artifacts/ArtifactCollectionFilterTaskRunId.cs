using System.Text.Json.Serialization;

namespace Reeve.Contract.Artifacts;

public sealed class ArtifactCollectionFilterTaskRunId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
