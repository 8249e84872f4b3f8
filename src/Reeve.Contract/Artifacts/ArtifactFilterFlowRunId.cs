using System.Text.Json.Serialization;

namespace Reeve.Contract.Artifacts;

public sealed class ArtifactFilterFlowRunId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
