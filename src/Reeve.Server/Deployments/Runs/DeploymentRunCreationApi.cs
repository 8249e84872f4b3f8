using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;
using Reeve.Data;
using Reeve.Server.FlowRuns;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments.Runs;

/// <summary><c>/deployments/…/create_flow_run</c> and the poll for what is due.</summary>
internal sealed class DeploymentRunCreationApi(
    DeploymentStore deployments, DeploymentRunCreation creation, DeploymentRunStore runs, DeploymentPolls polls)
{
    private const int MostAtOnce = 100;

    public void Map(ApiRoutes api)
    {
        api.Post("/deployments/{id:uuid}/create_flow_run", CreateAsync);
        api.Post("/deployments/{id:uuid}/create_flow_run/bulk", CreateManyAsync);
        api.Post("/deployments/get_scheduled_flow_runs", ScheduledAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentFlowRunCreate>();
        ParameterCheck.CheckSize(body.Parameters, call.Settings.Api.MaxParameterSize);
        var deployment = await RequireAsync(call);
        try
        {
            var (run, created) = await creation.CreateAsync(deployment, body, CreatedByHeaders.Read(call.Http.Request), call.Now, call.Cancel);
            return ApiResult.Json(run, created ? 201 : 200);
        }
        catch (DeploymentRunRefusal refusal)
        {
            throw ApiException.Detail(refusal.Status, refusal.Message);
        }
    }

    private async Task<ApiResult> CreateManyAsync(ApiCall call)
    {
        var body = await call.BodyAsync<List<DeploymentFlowRunCreate>>();
        foreach (var asked in body) ParameterCheck.CheckSize(asked.Parameters, call.Settings.Api.MaxParameterSize);
        if (body.Count > MostAtOnce) throw ApiException.Detail(400, $"Cannot create more than {MostAtOnce} flow runs at once.");
        var deployment = await RequireAsync(call);
        var answer = new FlowRunBulkCreateResponse();
        foreach (var asked in body) answer.Results.Add(await CreateOneAsync(call, deployment, asked));
        return ApiResult.Json(answer);
    }

    private async Task<FlowRunCreateResult> CreateOneAsync(ApiCall call, DeploymentRecord deployment, DeploymentFlowRunCreate asked)
    {
        try
        {
            var (run, _) = await creation.CreateAsync(deployment, asked, CreatedByHeaders.Read(call.Http.Request), call.Now, call.Cancel);
            return new FlowRunCreateResult { FlowRunId = run.Id, Status = FlowRunCreateStatus.Created };
        }
        catch (DeploymentRunRefusal refusal)
        {
            return new FlowRunCreateResult { Status = FlowRunCreateStatus.Failed, Error = refusal.InBulk };
        }
        catch (DatabaseException error)
        {
            return new FlowRunCreateResult { Status = FlowRunCreateStatus.Failed, Error = error.Message };
        }
    }

    private async Task<ApiResult> ScheduledAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentScheduledFlowRunsRequest>();
        var due = await runs.ScheduledAsync(body.DeploymentIds, body.ScheduledBefore, call.Limit(body.Limit), call.Now, call.Cancel);
        await polls.MarkReadyAsync(body.DeploymentIds, call.Now, call.Cancel);
        return ApiResult.Json(due);
    }

    private async Task<DeploymentRecord> RequireAsync(ApiCall call) =>
        await deployments.FindAsync(call.Id(), call.Cancel) ?? throw ApiException.Detail(404, "Deployment not found");
}
