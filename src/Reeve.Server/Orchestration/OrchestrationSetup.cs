using Reeve.Core.Orchestration;
using Reeve.Settings.Views;

namespace Reeve.Server.Orchestration;

/// <summary>From the server's settings to what the rules look at.</summary>
internal static class OrchestrationSetup
{
    public static OrchestrationSettings From(ServerSettings settings) => new()
    {
        InitialDeploymentLease = settings.Concurrency.InitialDeploymentLease,
        DeploymentSlotWait = settings.Concurrency.DeploymentSlotWait,
        TagSlotWait = settings.Concurrency.TagSlotWait,
        MaximumSlotWait = settings.Concurrency.MaximumSlotWait,
        CacheKeyMaximumLength = settings.Tasks.MaxCacheKeyLength,
    };
}
