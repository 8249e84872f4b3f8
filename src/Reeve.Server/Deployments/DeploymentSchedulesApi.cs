using Reeve.Contract.Deployments;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary><c>/deployments/{id}/schedules</c>.</summary>
internal sealed class DeploymentSchedulesApi(Db db, DeploymentScheduleStore schedules)
{
    public void Map(ApiRoutes api)
    {
        api.Get("/deployments/{id:uuid}/schedules", ReadAsync);
        api.Post("/deployments/{id:uuid}/schedules", CreateAsync);
        api.Patch("/deployments/{id:uuid}/schedules/{schedule_id:uuid}", UpdateAsync);
        api.Delete("/deployments/{id:uuid}/schedules/{schedule_id:uuid}", DeleteAsync);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call)
    {
        await RequireAsync(call);
        return ApiResult.Json(await schedules.ListAsync(call.Id(), call.Cancel));
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<List<DeploymentScheduleCreate>>();
        for (var i = 0; i < body.Count; i++)
        {
            var at = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            ScheduleInput.CheckMaxRuns(body[i].MaxScheduledRuns, call.Settings.DeploymentScheduleMaxScheduledRuns, default, "body", at);
            body[i].Schedule = ScheduleInput.Accept(body[i].Schedule, call.Now, default, "body", at);
        }
        await RequireAsync(call);
        return ApiResult.Json(await schedules.CreateAsync(call.Id(), body, call.Now, call.Cancel), 201);
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentScheduleUpdate>();
        ScheduleInput.CheckMaxRuns(body.MaxScheduledRuns.Or(null), call.Settings.DeploymentScheduleMaxScheduledRuns, default, "body");
        if (body.Schedule.Or(null) is { } schedule) body.Schedule = ScheduleInput.Accept(schedule, call.Now, default, "body");
        await RequireAsync(call);
        return await schedules.UpdateAsync(call.Id(), call.Id("schedule_id"), body, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call)
    {
        await RequireAsync(call);
        return await schedules.DeleteAsync(call.Id(), call.Id("schedule_id"), call.Cancel) ? ApiResult.NoContent : throw Missing();
    }

    private async Task RequireAsync(ApiCall call)
    {
        var known = await db.OneAsync($"select exists (select 1 from deployment where id = {call.Id()})", static row => row.GetBoolean(0), call.Cancel);
        if (!known) throw ApiException.Detail(404, "Deployment not found.");
    }

    private static ApiException Missing() => ApiException.Detail(404, "Schedule not found.");
}
