using Reeve.Server.Http;

namespace Reeve.Server.Admin;

/// <summary><c>/csrf-token</c>.</summary>
internal sealed class CsrfTokenApi(CsrfTokenStore tokens)
{
    public void Map(ApiRoutes api) => api.Get("/csrf-token", IssueAsync);

    private async Task<ApiResult> IssueAsync(ApiCall call)
    {
        call.ValidateQuery();
        if (call.Query("client") is not { } client) throw call.Refused("Say who asks for the token: add ?client= with a name of your own.", "query", "client");
        if (!call.Settings.Api.CsrfProtectionEnabled) throw ApiException.Detail(422, "CSRF protection is disabled.");
        return ApiResult.Json(await tokens.IssueAsync(client, call.Settings.Api.CsrfTokenExpiration, call.Now, call.Cancel));
    }
}
