using System.Text.Json.Serialization;

namespace Reeve.Contract.Flows;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Flow))]
[JsonSerializable(typeof(FlowBulkDeleteResponse))]
[JsonSerializable(typeof(FlowCreate))]
[JsonSerializable(typeof(FlowPaginationResponse))]
[JsonSerializable(typeof(FlowUpdate))]
[JsonSerializable(typeof(List<Flow>))]
internal sealed partial class FlowWire : JsonSerializerContext;
