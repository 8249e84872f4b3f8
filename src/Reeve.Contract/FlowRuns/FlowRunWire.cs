using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Edge))]
[JsonSerializable(typeof(FlowRunBulkCreateResponse))]
[JsonSerializable(typeof(FlowRunBulkDeleteResponse))]
[JsonSerializable(typeof(FlowRunBulkSetStateResponse))]
[JsonSerializable(typeof(FlowRunCreate))]
[JsonSerializable(typeof(FlowRunInputCreateRequest))]
[JsonSerializable(typeof(FlowRunInputFilterRequest))]
[JsonSerializable(typeof(FlowRunPaginationResponse))]
[JsonSerializable(typeof(FlowRunResponse))]
[JsonSerializable(typeof(FlowRunResumeRequest))]
[JsonSerializable(typeof(FlowRunUpdate))]
[JsonSerializable(typeof(Graph))]
[JsonSerializable(typeof(GraphNode))]
[JsonSerializable(typeof(List<DependencyResult>))]
[JsonSerializable(typeof(List<FlowRunInput>))]
[JsonSerializable(typeof(List<FlowRunResponse>))]
[JsonSerializable(typeof(List<HistoryResponse>))]
[JsonSerializable(typeof(Node))]
internal sealed partial class FlowRunWire : JsonSerializerContext;
