using Reeve.Server.Http;

namespace Reeve.Server.Services;

/// <summary>The background services: who there is, and the frame they run in.</summary>
internal static class ServicesFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ServiceRunner>();
        services.AddSingleton<IHostedService>(static services => services.GetRequiredService<ServiceRunner>());
        services.AddSingleton<ServiceReports>();
        services.AddSingleton<ServicesApi>();
        services.AddSingleton<ServiceMeters>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<ServicesApi>().Map(api);
        // Its instruments are there from the start: who collects meters finds them by name.
        api.Services.GetRequiredService<ServiceMeters>();
    }
}
