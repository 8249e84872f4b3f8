using Reeve.Server.Services;

namespace Reeve.Server.Retention;

/// <summary>What is old goes: flow runs with what hangs on them, and events.</summary>
internal static class RetentionFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Service, FlowRunVacuum>();
        services.AddSingleton<Service, EventVacuum>();
    }
}
