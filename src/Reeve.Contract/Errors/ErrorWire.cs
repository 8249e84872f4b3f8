using System.Text.Json.Serialization;

namespace Reeve.Contract.Errors;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HttpValidationError))]
[JsonSerializable(typeof(InvalidRequest))]
[JsonSerializable(typeof(ValidationError))]
internal sealed partial class ErrorWire : JsonSerializerContext;
