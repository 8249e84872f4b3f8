using Reeve.Server.Http;
using Reeve.Server.Services;

namespace Reeve.Server.Concurrency;

/// <summary>Limits on how much happens at once or per second, the slots taken of them and the leases that hold those.</summary>
internal static class ConcurrencyFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ConcurrencyLimitStore>();
        services.AddSingleton<SlotStore>();
        services.AddSingleton<TagLimitStore>();
        services.AddSingleton<TagSlotStore>();
        services.AddSingleton<ConcurrencyLimitsApi>();
        services.AddSingleton<TagLimitsApi>();
        services.AddSingleton<Service, Repossessor>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<ConcurrencyLimitsApi>().Map(api);
        api.Services.GetRequiredService<TagLimitsApi>().Map(api);
    }
}
