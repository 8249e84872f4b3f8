using System.Text.Json.Serialization;
using Reeve.Core;

namespace Reeve.Contract.Artifacts;

public sealed class ArtifactUpdate
{
    public Optional<RawJson> Data { get; set; }

    public Optional<string?> Description { get; set; }

    [JsonPropertyName("metadata_")]
    public Optional<RawJson> Metadata { get; set; }
}
