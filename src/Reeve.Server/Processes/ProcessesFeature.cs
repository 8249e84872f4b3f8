using Reeve.Server.Http;

namespace Reeve.Server.Processes;

/// <summary>The processes that share this database, and what they say of each other.</summary>
internal static class ProcessesFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ProcessStore>();
        services.AddSingleton<ProcessBeats>();
        services.AddSingleton<IHostedService>(static services => services.GetRequiredService<ProcessBeats>());
        services.AddSingleton<ProcessesApi>();
    }

    public static void Map(ApiRoutes api) => api.Services.GetRequiredService<ProcessesApi>().Map(api);
}
