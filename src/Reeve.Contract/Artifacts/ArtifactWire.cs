using System.Text.Json.Serialization;

namespace Reeve.Contract.Artifacts;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Artifact))]
[JsonSerializable(typeof(ArtifactCreate))]
[JsonSerializable(typeof(ArtifactUpdate))]
[JsonSerializable(typeof(List<Artifact>))]
[JsonSerializable(typeof(List<ArtifactCollection>))]
internal sealed partial class ArtifactWire : JsonSerializerContext;
