using System.Text.Json.Serialization;

namespace Reeve.Contract.Ui;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CountByState))]
[JsonSerializable(typeof(DeploymentCountByFlowRequest))]
[JsonSerializable(typeof(List<SimpleFlowRun>))]
[JsonSerializable(typeof(List<TaskRunCount>))]
[JsonSerializable(typeof(NextRunsByFlowRequest))]
[JsonSerializable(typeof(SchemaValueError))]
[JsonSerializable(typeof(SchemaValueIndexError))]
[JsonSerializable(typeof(SchemaValuePropertyError))]
[JsonSerializable(typeof(SchemaValuesValidationRequest))]
[JsonSerializable(typeof(SchemaValuesValidationResponse))]
[JsonSerializable(typeof(SimpleNextFlowRun))]
[JsonSerializable(typeof(TaskRunCountByFlowRunRequest))]
[JsonSerializable(typeof(UITaskRun))]
internal sealed partial class UiWire : JsonSerializerContext;
