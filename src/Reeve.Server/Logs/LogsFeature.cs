using Reeve.Server.Http;

namespace Reeve.Server.Logs;

/// <summary>The log lines of runs.</summary>
internal static class LogsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LogStore>();
        services.AddSingleton<LogsApi>();
    }

    public static void Map(ApiRoutes api) => api.Services.GetRequiredService<LogsApi>().Map(api);
}
