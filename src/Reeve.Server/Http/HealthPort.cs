using Reeve.Settings.Views;

namespace Reeve.Server.Http;

/// <summary>The further port of PREFECT_REEVE_HEALTH_PORT: probes and nothing else, so that it may be open where the API is not.</summary>
internal static class HealthPort
{
    private static readonly string[] Answered = ["/health", "/ready", "/metrics"];

    public static void Use(WebApplication app, ServerSettings settings)
    {
        if (settings.Reeve.HealthPort is not { } port) return;
        app.Use((http, next) =>
        {
            if (http.Connection.LocalPort != port || IsProbe(http.Request.Path.Value, settings.Api.BasePath)) return next(http);
            return ErrorAnswers.WriteAsync(http, 404, "detail", $"Port {port} answers {string.Join(", ", Answered)} below {settings.Api.BasePath} and nothing else.");
        });
    }

    private static bool IsProbe(string? path, string basePath) =>
        path is not null && path.StartsWith(basePath, StringComparison.Ordinal) && Answered.Contains(path[basePath.Length..]);
}
