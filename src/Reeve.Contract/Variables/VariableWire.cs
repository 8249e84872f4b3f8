using System.Text.Json.Serialization;

namespace Reeve.Contract.Variables;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<Variable>))]
[JsonSerializable(typeof(Variable))]
[JsonSerializable(typeof(VariableCreate))]
[JsonSerializable(typeof(VariableUpdate))]
internal sealed partial class VariableWire : JsonSerializerContext;
