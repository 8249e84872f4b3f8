using System.Text.Json.Serialization;

namespace Reeve.Contract.Admin;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CsrfToken))]
[JsonSerializable(typeof(ServerDefaultResultStorage))]
[JsonSerializable(typeof(ServerDefaultResultStorageUpdate))]
internal sealed partial class AdminWire : JsonSerializerContext;
