using System.Text.Json.Serialization;

namespace Reeve.Contract.Deployments;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CronSchedule))]
[JsonSerializable(typeof(DeploymentBulkDeleteResponse))]
[JsonSerializable(typeof(DeploymentCreate))]
[JsonSerializable(typeof(DeploymentFlowRunCreate))]
[JsonSerializable(typeof(DeploymentPaginationResponse))]
[JsonSerializable(typeof(DeploymentResponse))]
[JsonSerializable(typeof(DeploymentScheduleRunsRequest))]
[JsonSerializable(typeof(DeploymentScheduleUpdate))]
[JsonSerializable(typeof(DeploymentScheduledFlowRunsRequest))]
[JsonSerializable(typeof(DeploymentUpdate))]
[JsonSerializable(typeof(IntervalSchedule))]
[JsonSerializable(typeof(List<DeploymentFlowRunCreate>))]
[JsonSerializable(typeof(List<DeploymentResponse>))]
[JsonSerializable(typeof(List<DeploymentSchedule>))]
[JsonSerializable(typeof(List<DeploymentScheduleCreate>))]
[JsonSerializable(typeof(RRuleSchedule))]
[JsonSerializable(typeof(Schedule))]
internal sealed partial class DeploymentWire : JsonSerializerContext;
