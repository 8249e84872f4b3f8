using Reeve.Server.Http;

namespace Reeve.Server.Automations.Explaining;

/// <summary><c>/reeve/automations/{id}/explain</c>: why an automation did or did not fire.</summary>
internal sealed class ExplainApi(AutomationStore automations, Explainer explainer)
{
    public void Map(ApiRoutes api) => api.Get("/reeve/automations/{id:uuid}/explain", ReadAsync);

    private async Task<ApiResult> ReadAsync(ApiCall call)
    {
        var automation = await automations.FindAsync(call.Id(), call.Cancel) ?? throw ApiException.Missing("Automation not found");
        return ApiResult.Json(await explainer.ExplainAsync(automation, call.Now, call.Cancel));
    }
}
