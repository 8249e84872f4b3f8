using System.Text.Json.Serialization;

namespace Reeve.Contract.Logs;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<Log>))]
[JsonSerializable(typeof(List<LogCreate>))]
internal sealed partial class LogWire : JsonSerializerContext;
