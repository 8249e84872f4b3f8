using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Admin;

/// <summary>The routes a probe or a client asks before anything else.</summary>
internal sealed class RootApi(Db db, ServiceRunner services, ServerSettings settings, TimeProvider clock)
{
    /// <summary>How long the database may take to answer a probe: less than probes wait, so that they hear of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public void Map(ApiRoutes api)
    {
        api.Get("/health", Health, ApiAccess.Open | ApiAccess.AnyVersion);
        api.Get("/ready", Ready, ApiAccess.Open);
        api.Get("/version", Version, ApiAccess.AnyVersion);
        api.Get("/hello", Hello);
        if (settings.TestMode) api.Get("/pid", Pid);
    }

    private static Task<ApiResult> Health(ApiCall call) => Task.FromResult(ApiResult.Json("true"u8));

    private async Task<ApiResult> Ready(ApiCall call)
    {
        if (!await AnswersAsync(call.Cancel)) return ApiResult.Json("""{"message":"Database is not available"}"""u8, 503);
        if (services.Broken(call.Now) is not { } service) return ApiResult.Json("""{"message":"OK"}"""u8);
        return ApiResult.Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("message", $"Service {service} of this process does not run");
            writer.WriteEndObject();
        }, 503);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ping = db.PingAsync(limit.Token);
        try
        {
            return await ping.WaitAsync(Patience, clock, cancel);
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            _ = EndAsync(ping, limit);
        }
    }

    // Nobody waits for this: a database that stands still is slow to take a cancellation as well.
    private static async Task EndAsync(Task ping, CancellationTokenSource limit)
    {
        using (limit)
        {
            if (!ping.IsCompleted) await limit.CancelAsync();
            await ping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task<ApiResult> Version(ApiCall call) => Task.FromResult(ApiResult.Json("\"0.8.4\""u8));

    private static Task<ApiResult> Hello(ApiCall call) => Task.FromResult(ApiResult.Json("\"👋\""u8));

    private static Task<ApiResult> Pid(ApiCall call) =>
        Task.FromResult(ApiResult.Written(static writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("pid", Environment.ProcessId);
            writer.WriteEndObject();
        }));
}
