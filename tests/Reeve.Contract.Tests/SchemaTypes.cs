using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Reeve.Core.Orchestration;

namespace Reeve.Contract.Tests;

/// <summary>Which type stands for which schema of the OpenAPI document.</summary>
internal static class SchemaTypes
{
    /// <summary>Schemas of requests with several body parameters, and the types they have here.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["average_flow_run_lateness_flow_runs_lateness_post"] = "FlowRunLatenessRequest",
        ["bulk_decrement_active_slots_v2_concurrency_limits_decrement_post"] = "ConcurrencySlotDecrementRequest",
        ["bulk_decrement_active_slots_with_lease_v2_concurrency_limits_decrement_with_lease_post"] = "ConcurrencyLeaseReleaseRequest",
        ["bulk_delete_deployments_deployments_bulk_delete_post"] = "DeploymentBulkDeleteRequest",
        ["bulk_delete_flow_runs_flow_runs_bulk_delete_post"] = "FlowRunBulkDeleteRequest",
        ["bulk_delete_flows_flows_bulk_delete_post"] = "FlowBulkDeleteRequest",
        ["bulk_increment_active_slots_v2_concurrency_limits_increment_post"] = "ConcurrencySlotIncrementRequest",
        ["bulk_increment_active_slots_with_lease_v2_concurrency_limits_increment_with_lease_post"] = "ConcurrencyLeaseAcquireRequest",
        ["bulk_set_flow_run_state_flow_runs_bulk_set_state_post"] = "FlowRunBulkSetStateRequest",
        ["count_account_events_events_count_by__countable__post"] = "EventCountRequest",
        ["count_artifacts_artifacts_count_post"] = "ArtifactCountRequest",
        ["count_block_documents_block_documents_count_post"] = "BlockDocumentCountRequest",
        ["count_deployments_by_flow_ui_flows_count_deployments_post"] = "DeploymentCountByFlowRequest",
        ["count_deployments_deployments_count_post"] = "DeploymentCountRequest",
        ["count_flow_runs_flow_runs_count_post"] = "FlowRunCountRequest",
        ["count_flows_flows_count_post"] = "FlowCountRequest",
        ["count_latest_artifacts_artifacts_latest_count_post"] = "ArtifactCollectionCountRequest",
        ["count_task_runs_by_flow_run_ui_flow_runs_count_task_runs_post"] = "TaskRunCountByFlowRunRequest",
        ["count_task_runs_task_runs_count_post"] = "TaskRunCountRequest",
        ["count_variables_variables_count_post"] = "VariableCountRequest",
        ["count_work_pools_work_pools_count_post"] = "WorkPoolCountRequest",
        ["create_flow_run_input_flow_runs__id__input_post"] = "FlowRunInputCreateRequest",
        ["decrement_concurrency_limits_v1_concurrency_limits_decrement_post"] = "TagConcurrencyDecrementRequest",
        ["filter_flow_run_input_flow_runs__id__input_filter_post"] = "FlowRunInputFilterRequest",
        ["flow_run_history_flow_runs_history_post"] = "FlowRunHistoryRequest",
        ["get_scheduled_flow_runs_for_deployments_deployments_get_scheduled_flow_runs_post"] = "DeploymentScheduledFlowRunsRequest",
        ["get_scheduled_flow_runs_work_pools__name__get_scheduled_flow_runs_post"] = "WorkPoolScheduledFlowRunsRequest",
        ["increment_concurrency_limits_v1_concurrency_limits_increment_post"] = "TagConcurrencyIncrementRequest",
        ["next_runs_by_flow_ui_flows_next_runs_post"] = "NextRunsByFlowRequest",
        ["paginate_deployments_deployments_paginate_post"] = "DeploymentPaginateRequest",
        ["paginate_flow_runs_flow_runs_paginate_post"] = "FlowRunPaginateRequest",
        ["paginate_flows_flows_paginate_post"] = "FlowPaginateRequest",
        ["paginate_task_runs_task_runs_paginate_post"] = "TaskRunPaginateRequest",
        ["read_all_concurrency_limits_v2_v2_concurrency_limits_filter_post"] = "ConcurrencyLimitV2FilterRequest",
        ["read_artifacts_artifacts_filter_post"] = "ArtifactFilterRequest",
        ["read_automations_automations_filter_post"] = "AutomationFilterRequest",
        ["read_block_documents_block_documents_filter_post"] = "BlockDocumentFilterRequest",
        ["read_block_schemas_block_schemas_filter_post"] = "BlockSchemaFilterRequest",
        ["read_block_types_block_types_filter_post"] = "BlockTypeFilterRequest",
        ["read_concurrency_limits_concurrency_limits_filter_post"] = "ConcurrencyLimitFilterRequest",
        ["read_dashboard_task_run_counts_ui_task_runs_dashboard_counts_post"] = "DashboardTaskRunCountsRequest",
        ["read_deployments_deployments_filter_post"] = "DeploymentFilterRequest",
        ["read_events_events_filter_post"] = "EventFilterRequest",
        ["read_flow_run_history_ui_flow_runs_history_post"] = "UIFlowRunHistoryRequest",
        ["read_flow_runs_flow_runs_filter_post"] = "FlowRunFilterRequest",
        ["read_flows_flows_filter_post"] = "FlowFilterRequest",
        ["read_latest_artifacts_artifacts_latest_filter_post"] = "ArtifactCollectionFilterRequest",
        ["read_logs_logs_filter_post"] = "LogFilterRequest",
        ["read_saved_searches_saved_searches_filter_post"] = "SavedSearchFilterRequest",
        ["read_task_run_counts_by_state_ui_task_runs_count_post"] = "TaskRunCountByStateRequest",
        ["read_task_runs_task_runs_filter_post"] = "TaskRunFilterRequest",
        ["read_task_workers_task_workers_filter_post"] = "TaskWorkerFilterRequest",
        ["read_variables_variables_filter_post"] = "VariableFilterRequest",
        ["read_work_pool_concurrency_status_work_pools__name__concurrency_status_post"] = "WorkPoolConcurrencyStatusRequest",
        ["read_work_pools_work_pools_filter_post"] = "WorkPoolFilterRequest",
        ["read_work_queue_concurrency_status_work_queues__id__concurrency_status_post"] = "WorkQueueConcurrencyStatusRequest",
        ["read_work_queue_runs_work_queues__id__get_runs_post"] = "WorkQueueRunsRequest",
        ["read_work_queues_work_pools__work_pool_name__queues_filter_post"] = "WorkPoolQueueFilterRequest",
        ["read_work_queues_work_queues_filter_post"] = "WorkQueueFilterRequest",
        ["read_workers_work_pools__work_pool_name__workers_filter_post"] = "WorkerFilterRequest",
        ["renew_concurrency_lease_v2_concurrency_limits_leases__lease_id__renew_post"] = "ConcurrencyLeaseRenewRequest",
        ["reset_concurrency_limit_by_tag_concurrency_limits_tag__tag__reset_post"] = "TagConcurrencyResetRequest",
        ["resume_flow_run_flow_runs__id__resume_post"] = "FlowRunResumeRequest",
        ["schedule_deployment_deployments__id__schedule_post"] = "DeploymentScheduleRunsRequest",
        ["set_flow_run_state_flow_runs__id__set_state_post"] = "SetStateRequest",
        ["set_task_run_state_task_runs__id__set_state_post"] = "SetStateRequest",
        ["task_run_history_task_runs_history_post"] = "TaskRunHistoryRequest",
        ["validate_obj_ui_schemas_validate_post"] = "SchemaValuesValidationRequest",
        ["worker_heartbeat_work_pools__work_pool_name__workers_heartbeat_post"] = "WorkerHeartbeatRequest",
    };

    private static readonly Dictionary<string, Type> ByName = typeof(ReeveJson).Assembly.GetExportedTypes()
        .Concat([typeof(State), typeof(StateDetails), typeof(StateType), typeof(SetStateStatus), typeof(FlowRunPolicy), typeof(TaskRunPolicy)])
        .Where(type => !type.IsGenericType)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>The type of the schema, or null when there is none.</summary>
    public static Type? Find(string schema) => schema switch
    {
        "Resource" or "RelatedResource" => typeof(Dictionary<string, string>),
        "HTTPValidationError" => ByName["HttpValidationError"],
        "EventIDFilter" => ByName["EventIdFilter"],
        _ when schema.StartsWith("Body_", StringComparison.Ordinal) => ByName.GetValueOrDefault(Bodies.GetValueOrDefault(schema[5..], "")),
        _ => ByName.GetValueOrDefault(schema.Replace("-Input", "", StringComparison.Ordinal).Replace("-Output", "", StringComparison.Ordinal)),
    };

    /// <summary>The type of a response: a schema, a list of one, a map, a plain value; null when the answer has no shape of its own.</summary>
    public static JsonTypeInfo? OfResponse(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return name.EndsWith("Settings", StringComparison.Ordinal) ? null : Info(Find(name)!);
        }

        if (schema.TryGetProperty("anyOf", out var choices))
            return choices[0].TryGetProperty("type", out var first) && first.GetString() == "number" ? Info(typeof(double?)) : OfResponse(choices[0]);
        if (!schema.TryGetProperty("type", out var type))
            return null;
        switch (type.GetString())
        {
            case "array":
                return OfResponse(schema.GetProperty("items")) is { } item ? Info(typeof(List<>).MakeGenericType(item.Type)) : null;
            case "object":
                return schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object && OfResponse(values) is { } value
                    ? Info(typeof(Dictionary<,>).MakeGenericType(typeof(string), value.Type))
                    : null;
            case "string":
                return Info(typeof(string));
            case "integer":
                return Info(typeof(int));
            case "boolean":
                return Info(typeof(bool));
            default:
                return null;
        }
    }

    public static JsonTypeInfo Info(Type type) => ReeveJson.Options.GetTypeInfo(type);
}
