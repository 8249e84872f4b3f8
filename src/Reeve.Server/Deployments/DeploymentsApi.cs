using Reeve.Contract.Deployments;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Server.Filters;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary><c>/deployments</c>: the deployments themselves.</summary>
internal sealed class DeploymentsApi(
    DeploymentStore deployments, DeploymentCreation creation, DeploymentChanges changes, DeploymentRemoval removal)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/deployments/", CreateAsync);
        api.Post("/deployments/filter", FilterAsync);
        api.Post("/deployments/paginate", PaginateAsync);
        api.Post("/deployments/count", CountAsync);
        api.Post("/deployments/bulk_delete", BulkDeleteAsync);
        api.Get("/deployments/name/{flow_name}/{deployment_name}", ReadByNameAsync);
        api.Get("/deployments/{id:uuid}", ReadAsync);
        api.Patch("/deployments/{id:uuid}", UpdateAsync);
        api.Delete("/deployments/{id:uuid}", DeleteAsync);
        api.Post("/deployments/{id:uuid}/pause_deployment", PauseAsync);
        api.Post("/deployments/{id:uuid}/resume_deployment", ResumeAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentCreate>();
        ParameterCheck.CheckSize(body.Parameters.Or(RawJson.EmptyObject), call.Settings.Api.MaxParameterSize);
        CheckParameters(body);
        CheckLimits(body.ConcurrencyLimit.Or(null), body.GlobalConcurrencyLimitId.Or(null));
        for (var i = 0; i < body.Schedules.Count; i++)
        {
            var at = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var schedule = body.Schedules[i];
            ScheduleInput.CheckMaxRuns(schedule.MaxScheduledRuns, call.Settings.DeploymentScheduleMaxScheduledRuns, default, "body", "schedules", at);
            schedule.Schedule = ScheduleInput.Accept(schedule.Schedule, call.Now, default, "body", "schedules", at);
        }
        var (deployment, created) = await creation.CreateAsync(body, call.Now, call.Cancel);
        return ApiResult.Json(deployment, created ? 201 : 200);
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentUpdate>();
        ParameterCheck.CheckSize(body.Parameters.Or(RawJson.EmptyObject), call.Settings.Api.MaxParameterSize);
        CheckLimits(body.ConcurrencyLimit.Or(null), body.GlobalConcurrencyLimitId.Or(null));
        var schedules = body.Schedules.Or([]);
        for (var i = 0; i < schedules.Count; i++)
        {
            var at = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            ScheduleInput.CheckMaxRuns(schedules[i].MaxScheduledRuns.Or(null), call.Settings.DeploymentScheduleMaxScheduledRuns, default, "body", "schedules", at);
            if (schedules[i].Schedule.Or(null) is { } schedule) schedules[i].Schedule = ScheduleInput.Accept(schedule, call.Now, default, "body", "schedules", at);
        }
        await changes.UpdateAsync(call.Id(), body, call.Now, call.Cancel);
        return ApiResult.NoContent;
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) =>
        Found(await deployments.FindAsync(call.Id(), call.Cancel));

    private async Task<ApiResult> ReadByNameAsync(ApiCall call) =>
        Found(await deployments.FindByNameAsync(call.Route("flow_name"), call.Route("deployment_name"), call.Cancel));

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentFilterRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkPoolQueues,
        };
        return ApiResult.Json(await deployments.ListAsync(filters, body.Sort, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> PaginateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentPaginateRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkPoolQueues,
        };
        var page = new Paging(body.Page, call.Limit(body.Limit));
        var count = await deployments.CountAsync(filters, call.Cancel);
        return ApiResult.Json(new DeploymentPaginationResponse
        {
            Results = await deployments.ListAsync(filters, body.Sort, page.Limit, page.Offset, call.Cancel),
            Count = count, Limit = page.Limit, Pages = page.Pages(count), Page = page.Page,
        });
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentCountRequest>();
        var filters = new RelatedFilters
        {
            Flows = body.Flows, FlowRuns = body.FlowRuns, TaskRuns = body.TaskRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkPoolQueues,
        };
        return ApiResult.Number(await deployments.CountAsync(filters, call.Cancel));
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call)
    {
        var deleted = await removal.DeleteAsync($"d.id = {call.Id()}", 1, call.Now, call.Cancel);
        return deleted.Count == 1 ? ApiResult.NoContent : throw Missing();
    }

    private async Task<ApiResult> BulkDeleteAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentBulkDeleteRequest>();
        var where = DeploymentPredicate.Where(body.Deployments, "d", deployments.Dialect).ToSql();
        return ApiResult.Json(new DeploymentBulkDeleteResponse { Deleted = await removal.DeleteAsync(where, body.Limit, call.Now, call.Cancel) });
    }

    private async Task<ApiResult> PauseAsync(ApiCall call) =>
        await removal.PauseAsync(call.Id(), call.Now, call.Cancel) ? ApiResult.Null : throw Missing();

    private async Task<ApiResult> ResumeAsync(ApiCall call) =>
        await removal.ResumeAsync(call.Id(), call.Now, call.Cancel) ? ApiResult.Null : throw Missing();

    private static ApiResult Found(DeploymentRecord? deployment) => ApiResult.Json(deployment?.Wire ?? throw Missing());

    private static ApiException Missing() => ApiException.Detail(404, "Deployment not found");

    /// <summary>Only a request that asks for enforcement itself has its parameters judged when it arrives.</summary>
    private static void CheckParameters(DeploymentCreate body)
    {
        if (!body.EnforceParameterSchema.Or(false)) return;
        var schema = body.ParameterOpenapiSchema.Or(RawJson.None);
        if (schema.IsNull) return;
        var tree = JsonTree.Parse(schema.Utf8);
        if (SchemaValidator.SchemaProblem(tree) is { } fault)
            throw ScheduleInput.Invalid(default, "value_error", ["body"], $"Value error, The provided schema is not a valid json schema. Schema error: {fault}");
        try
        {
            var problem = ParameterCheck.Problem(tree, ParameterCheck.Map(body.Parameters.Or(RawJson.EmptyObject)), new SchemaOptions(IgnoreRequired: true));
            if (problem is not null) throw ScheduleInput.Invalid(default, "value_error", ["body"], $"Value error, {problem}");
        }
        catch (SchemaException error)
        {
            throw ScheduleInput.Invalid(default, "value_error", ["body"], $"Value error, {error.Message}");
        }
    }

    private static void CheckLimits(int? own, Guid? shared)
    {
        if (own is null or 0 || shared is null) return;
        throw ScheduleInput.Invalid(
            default, "value_error", ["body"], "Value error, A deployment cannot have both a concurrency limit and a global concurrency limit.");
    }
}
