using System.Text.Json.Serialization;

namespace Reeve.Contract.TaskRuns;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Constant))]
[JsonSerializable(typeof(FlowRunResult))]
[JsonSerializable(typeof(List<TaskRun>))]
[JsonSerializable(typeof(List<TaskWorkerResponse>))]
[JsonSerializable(typeof(Parameter))]
[JsonSerializable(typeof(TaskRun))]
[JsonSerializable(typeof(TaskRunCreate))]
[JsonSerializable(typeof(TaskRunInput))]
[JsonSerializable(typeof(TaskRunPaginationResponse))]
[JsonSerializable(typeof(TaskRunResult))]
[JsonSerializable(typeof(TaskRunUpdate))]
internal sealed partial class TaskRunWire : JsonSerializerContext;
