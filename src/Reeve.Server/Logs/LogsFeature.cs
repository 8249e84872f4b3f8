using Microsoft.Extensions.DependencyInjection.Extensions;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.Http;
using Reeve.Server.Services;
using Reeve.Server.Streams;

namespace Reeve.Server.Logs;

/// <summary>The log lines of runs.</summary>
internal static class LogsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LogStore>();
        services.AddSingleton<LogsApi>();
        services.TryAddSingleton<StreamMeters>();
        services.AddSingleton<LogDistributor>();
        services.AddSingleton<Service>(static services => services.GetRequiredService<LogDistributor>());
        services.AddSingleton<LogsOutSocket>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<LogsApi>().Map(api);
        api.Socket("/logs/out", api.Services.GetRequiredService<LogsOutSocket>().RunAsync);
    }
}
