using Reeve.Contract.Deployments;
using Reeve.Contract.WorkPools;
using Reeve.Data;
using Reeve.Server.Deployments.Scheduling;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary>What a deployment makes of its schedules, and which queues would take its runs.</summary>
internal sealed class DeploymentRunsApi(Db db, DeploymentStore deployments, RunScheduling scheduling)
{
    private static readonly SqlText QueueColumns = new(DeploymentQueueRow.Columns("q"));

    public void Map(ApiRoutes api)
    {
        api.Post("/deployments/{id:uuid}/schedule", ScheduleAsync);
        api.Get("/deployments/{id:uuid}/work_queue_check", CheckQueuesAsync);
    }

    private async Task<ApiResult> ScheduleAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentScheduleRunsRequest>();
        var standard = call.Settings.Services.Scheduler;
        var start = body.StartTime ?? call.Now;
        var window = new SchedulingWindow(
            start, body.EndTime ?? start + standard.MaxScheduledTime, start + (body.MinTime ?? standard.MinScheduledTime),
            body.MinRuns ?? standard.MinRuns, body.MaxRuns ?? standard.MaxRuns);
        await scheduling.ScheduleAsync([call.Id()], pausedToo: true, window, call.Now, Refuse, call.Cancel);
        return ApiResult.Null;
    }

    private static void Refuse(Guid deployment, Exception? error)
    {
        if (error is not null) throw ApiException.Detail(422, $"Error scheduling deployment: {error.Message}");
    }

    /// <summary>Queues whose filter, of the old kind, lets the deployment through; one without a filter lets everything through.</summary>
    private async Task<ApiResult> CheckQueuesAsync(ApiCall call)
    {
        var deployment = await deployments.FindAsync(call.Id(), call.Cancel) ?? throw ApiException.Detail(404, "Deployment not found");
        var queues = await db.ListAsync(
            $"select {QueueColumns} from work_queue q order by q.created, q.id", static row => DeploymentQueueRow.Read(row), call.Cancel);
        return ApiResult.Json(queues.FindAll(queue => Takes(queue, deployment)));
    }

    private static bool Takes(WorkQueue queue, DeploymentRecord deployment) =>
        (queue.Filter?.Tags is not { Count: > 0 } tags || tags.TrueForAll(deployment.Wire.Tags.Contains))
        && (queue.Filter?.DeploymentIds is not { Count: > 0 } ids || ids.Contains(deployment.Id));
}
