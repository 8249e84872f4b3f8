using Reeve.Data;
using Reeve.Settings.Views;

namespace Reeve.Server.Http;

/// <summary>Checks the token pair of requests that change something, when the setting asks for it.</summary>
internal sealed class CsrfGuard(ServerSettings settings, Db db, TimeProvider clock)
{
    public async Task CheckAsync(HttpContext http)
    {
        if (!settings.Api.CsrfProtectionEnabled || http.Request.Method is not ("POST" or "PUT" or "PATCH" or "DELETE")) return;
        var token = http.Request.Headers["Prefect-Csrf-Token"].ToString();
        var client = http.Request.Headers["Prefect-Csrf-Client"].ToString();
        if (token.Length == 0) throw ApiException.Detail(403, "Missing CSRF token.");
        if (client.Length == 0) throw ApiException.Detail(403, "Missing client identifier.");
        var known = await db.OneAsync(
            $"select token from csrf_token where client = {client} and expiration > {clock.GetUtcNow()}",
            static row => row.GetString(0), http.RequestAborted);
        if (known != token) throw ApiException.Detail(403, "Invalid CSRF token or client identifier.");
    }
}
