using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<WorkPoolResponse>))]
[JsonSerializable(typeof(List<WorkQueue>))]
[JsonSerializable(typeof(List<WorkQueueResponse>))]
[JsonSerializable(typeof(List<WorkerFlowRunResponse>))]
[JsonSerializable(typeof(List<WorkerResponse>))]
[JsonSerializable(typeof(WorkPoolConcurrencyStatus))]
[JsonSerializable(typeof(WorkPoolConcurrencyStatusRequest))]
[JsonSerializable(typeof(WorkPoolCreate))]
[JsonSerializable(typeof(WorkPoolResponse))]
[JsonSerializable(typeof(WorkPoolScheduledFlowRunsRequest))]
[JsonSerializable(typeof(WorkPoolStorageConfiguration))]
[JsonSerializable(typeof(WorkPoolUpdate))]
[JsonSerializable(typeof(WorkQueueConcurrencyStatus))]
[JsonSerializable(typeof(WorkQueueConcurrencyStatusRequest))]
[JsonSerializable(typeof(WorkQueueCreate))]
[JsonSerializable(typeof(WorkQueueResponse))]
[JsonSerializable(typeof(WorkQueueRunsRequest))]
[JsonSerializable(typeof(WorkQueueStatusDetail))]
[JsonSerializable(typeof(WorkQueueUpdate))]
[JsonSerializable(typeof(WorkerHeartbeatRequest))]
internal sealed partial class WorkPoolWire : JsonSerializerContext;
