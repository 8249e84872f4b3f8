using Reeve.Contract.Automations;
using Reeve.Server.Http;

namespace Reeve.Server.Automations;

/// <summary><c>/automations</c>.</summary>
internal sealed class AutomationsApi(AutomationStore automations, RunDeploymentCheck deployments)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/automations/", CreateAsync);
        api.Put("/automations/{id:uuid}", PutAsync);
        api.Patch("/automations/{id:uuid}", PatchAsync);
        api.Get("/automations/{id:uuid}", async call => ApiResult.Json(await ReadAsync(call)));
        api.Delete("/automations/{id:uuid}", DeleteAsync);
        api.Post("/automations/filter", FilterAsync);
        api.Post("/automations/count", async call => ApiResult.Number(await automations.CountAsync(call.Cancel)));
        api.Get("/automations/related-to/{resource_id}", RelatedAsync);
        api.Delete("/automations/owned-by/{resource_id}", DeleteOwnedAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<AutomationCreate>();
        var automation = new Automation
        {
            Id = Guid.NewGuid(), Created = call.Now, Updated = call.Now, Name = body.Name, Description = body.Description,
            Enabled = body.Enabled, Tags = body.Tags, Trigger = body.Trigger, Actions = body.Actions,
            ActionsOnTrigger = body.ActionsOnTrigger, ActionsOnResolve = body.ActionsOnResolve,
        };
        AutomationCheck.Complete(automation.Trigger);
        AutomationCheck.NoLoop(automation, "body");
        AutomationCheck.Parameters(automation.Actions.Concat(automation.ActionsOnTrigger).Concat(automation.ActionsOnResolve));
        await deployments.CheckAsync(automation.Actions, alsoEmpty: false, call.Cancel);
        await automations.CreateAsync(automation, body.OwnerResource, call.Now, call.Cancel);
        return ApiResult.Json(automation, 201);
    }

    private async Task<ApiResult> PutAsync(ApiCall call)
    {
        var body = await call.BodyAsync<AutomationUpdate>();
        // What is wrong with the body is told whether or not there is such an automation.
        return await automations.ChangeAsync(call.Id(), known => ChangedAsync(known ?? new Automation { Id = call.Id() }), call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();

        async Task<Automation> ChangedAsync(Automation automation)
        {
            automation.Name = body.Name.Or(automation.Name);
            automation.Description = body.Description.Or(automation.Description);
            automation.Enabled = body.Enabled.Or(automation.Enabled);
            automation.Tags = body.Tags.Or(automation.Tags);
            automation.Trigger = body.Trigger.Or(automation.Trigger);
            automation.Actions = body.Actions.Or(automation.Actions);
            automation.ActionsOnTrigger = body.ActionsOnTrigger.Or(automation.ActionsOnTrigger);
            automation.ActionsOnResolve = body.ActionsOnResolve.Or(automation.ActionsOnResolve);
            AutomationCheck.Complete(automation.Trigger);
            AutomationCheck.NoLoop(automation, "body");
            AutomationCheck.Parameters(automation.Actions.Concat(automation.ActionsOnTrigger).Concat(automation.ActionsOnResolve));
            await deployments.CheckAsync(automation.Actions, alsoEmpty: true, call.Cancel);
            return automation;
        }
    }

    private async Task<ApiResult> PatchAsync(ApiCall call)
    {
        var body = await call.BodyAsync<AutomationPartialUpdate>();
        return await automations.ChangeAsync(call.Id(), ChangedAsync, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();

        Task<Automation> ChangedAsync(Automation? known)
        {
            var automation = known ?? throw Missing();
            automation.Enabled = body.Enabled.Or(automation.Enabled);
            AutomationCheck.NoLoop(automation);
            return Task.FromResult(automation);
        }
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await automations.DeleteAsync(await ReadAsync(call), call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<AutomationFilterRequest>();
        return ApiResult.Json(await automations.ListAsync(body.Automations, body.Sort, call.Limit(body.Limit), body.Offset, call.Cancel));
    }

    private async Task<ApiResult> RelatedAsync(ApiCall call) =>
        ApiResult.Json(await automations.RelatedAsync(call.Route("resource_id"), call.Cancel));

    private async Task<ApiResult> DeleteOwnedAsync(ApiCall call)
    {
        await automations.DeleteOwnedAsync(call.Route("resource_id"), call.Now, call.Cancel);
        return ApiResult.Json("null"u8, 202);
    }

    private async Task<Automation> ReadAsync(ApiCall call) => await automations.FindAsync(call.Id(), call.Cancel) ?? throw Missing();

    private static ApiException Missing() => ApiException.Missing("Automation not found");
}
