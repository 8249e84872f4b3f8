using Reeve.Server.Diagnostics.Checks;
using Reeve.Server.Http;

namespace Reeve.Server.Diagnostics;

/// <summary>What tells how the server is doing.</summary>
internal static class DiagnosticsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MetricsApi>();
        services.AddSingleton<DiagnosticsStore>();
        services.AddSingleton<Doctor>();
        services.AddSingleton<DiagnosticsApi>();
        // In the order in which they are told.
        services.AddSingleton<ICheck, DatabaseCheck>();
        services.AddSingleton<ICheck, SchemaCheck>();
        services.AddSingleton<ICheck, PoolCheck>();
        services.AddSingleton<ICheck, IdleTransactionsCheck>();
        services.AddSingleton<ICheck, LocksCheck>();
        services.AddSingleton<ICheck, SettingsCheck>();
        services.AddSingleton<ICheck, ClocksCheck>();
        services.AddSingleton<ICheck, ProcessesCheck>();
        services.AddSingleton<ICheck, ServicesCheck>();
        services.AddSingleton<ICheck, LateRunsCheck>();
        services.AddSingleton<ICheck, OutboxCheck>();
        services.AddSingleton<ICheck, ActionsCheck>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<MetricsApi>().Map(api);
        api.Services.GetRequiredService<DiagnosticsApi>().Map(api);
    }
}
