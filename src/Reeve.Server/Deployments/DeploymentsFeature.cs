using Reeve.Server.Deployments.Runs;
using Reeve.Server.Deployments.Scheduling;
using Reeve.Server.Http;
using Reeve.Server.Services;

namespace Reeve.Server.Deployments;

/// <summary>Deployments: how, when and where flows run.</summary>
internal static class DeploymentsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<DeploymentStore>();
        services.AddSingleton<DeploymentScheduleStore>();
        services.AddSingleton<DeploymentCreation>();
        services.AddSingleton<DeploymentChanges>();
        services.AddSingleton<DeploymentRemoval>();
        services.AddSingleton<QueueResolver>();
        services.AddSingleton<JobVariableCheck>();
        services.AddSingleton<ParameterHydration>();
        services.AddSingleton<DeploymentsApi>();
        services.AddSingleton<DeploymentSchedulesApi>();
        services.AddSingleton<DeploymentRunsApi>();
        services.AddSingleton<DeploymentPolls>();
        services.AddSingleton<DeploymentRunCreation>();
        services.AddSingleton<DeploymentRunCreationApi>();
        services.AddSingleton<DeploymentRunStore>();
        services.AddSingleton<ScheduledRunStore>();
        services.AddSingleton<RunScheduling>();
        services.AddSingleton<Service, Scheduler>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<DeploymentsApi>().Map(api);
        api.Services.GetRequiredService<DeploymentSchedulesApi>().Map(api);
        api.Services.GetRequiredService<DeploymentRunsApi>().Map(api);
        api.Services.GetRequiredService<DeploymentRunCreationApi>().Map(api);
    }
}
