using System.Text.Json.Serialization;
using Reeve.Contract.Artifacts;
using Reeve.Contract.Automations;
using Reeve.Contract.Blocks;
using Reeve.Contract.Deployments;
using Reeve.Contract.Events;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.Flows;
using Reeve.Contract.Logs;
using Reeve.Contract.TaskRuns;
using Reeve.Contract.Ui;
using Reeve.Contract.Variables;
using Reeve.Contract.WorkPools;

namespace Reeve.Contract.Json;

/// <summary>Requests that carry filters. Filters nest one another, so they share a context rather than being repeated in every feature.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ArtifactCollectionCountRequest))]
[JsonSerializable(typeof(ArtifactCollectionFilterRequest))]
[JsonSerializable(typeof(ArtifactCountRequest))]
[JsonSerializable(typeof(ArtifactFilterRequest))]
[JsonSerializable(typeof(AutomationFilterRequest))]
[JsonSerializable(typeof(BlockDocumentCountRequest))]
[JsonSerializable(typeof(BlockDocumentFilterRequest))]
[JsonSerializable(typeof(BlockSchemaFilterRequest))]
[JsonSerializable(typeof(BlockTypeFilterRequest))]
[JsonSerializable(typeof(DashboardTaskRunCountsRequest))]
[JsonSerializable(typeof(DeploymentBulkDeleteRequest))]
[JsonSerializable(typeof(DeploymentCountRequest))]
[JsonSerializable(typeof(DeploymentFilterRequest))]
[JsonSerializable(typeof(DeploymentPaginateRequest))]
[JsonSerializable(typeof(EventCountRequest))]
[JsonSerializable(typeof(EventFilterRequest))]
[JsonSerializable(typeof(FlowBulkDeleteRequest))]
[JsonSerializable(typeof(FlowCountRequest))]
[JsonSerializable(typeof(FlowFilterRequest))]
[JsonSerializable(typeof(FlowPaginateRequest))]
[JsonSerializable(typeof(FlowRunBulkDeleteRequest))]
[JsonSerializable(typeof(FlowRunBulkSetStateRequest))]
[JsonSerializable(typeof(FlowRunCountRequest))]
[JsonSerializable(typeof(FlowRunFilterRequest))]
[JsonSerializable(typeof(FlowRunHistoryRequest))]
[JsonSerializable(typeof(FlowRunLatenessRequest))]
[JsonSerializable(typeof(FlowRunPaginateRequest))]
[JsonSerializable(typeof(LogFilterRequest))]
[JsonSerializable(typeof(TaskRunCountByStateRequest))]
[JsonSerializable(typeof(TaskRunCountRequest))]
[JsonSerializable(typeof(TaskRunFilterRequest))]
[JsonSerializable(typeof(TaskRunHistoryRequest))]
[JsonSerializable(typeof(TaskRunPaginateRequest))]
[JsonSerializable(typeof(TaskWorkerFilterRequest))]
[JsonSerializable(typeof(UIFlowRunHistoryRequest))]
[JsonSerializable(typeof(VariableCountRequest))]
[JsonSerializable(typeof(VariableFilterRequest))]
[JsonSerializable(typeof(WorkPoolCountRequest))]
[JsonSerializable(typeof(WorkPoolFilterRequest))]
[JsonSerializable(typeof(WorkPoolQueueFilterRequest))]
[JsonSerializable(typeof(WorkQueueFilterRequest))]
[JsonSerializable(typeof(WorkerFilterRequest))]
internal sealed partial class FilterWire : JsonSerializerContext;
