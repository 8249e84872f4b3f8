using Reeve.Server.Admin;
using Reeve.Server.Automations;
using Reeve.Server.Deployments;
using Reeve.Server.FlowRuns;
using Reeve.Server.Flows;
using Reeve.Server.Http;
using Reeve.Server.Logs;
using Reeve.Server.Retention;
using Reeve.Server.SavedSearches;
using Reeve.Server.Services;
using Reeve.Server.TaskRuns;
using Reeve.Server.Variables;

namespace Reeve.Server.Hosting;

/// <summary>Every feature of the server. A folder is a feature; its door is its <c>…Feature</c> class.</summary>
internal static class Features
{
    public static void Add(IServiceCollection services)
    {
        AdminFeature.Add(services);
        AutomationsFeature.Add(services);
        DeploymentsFeature.Add(services);
        FlowRunsFeature.Add(services);
        FlowsFeature.Add(services);
        LogsFeature.Add(services);
        RetentionFeature.Add(services);
        SavedSearchesFeature.Add(services);
        ServicesFeature.Add(services);
        TaskRunsFeature.Add(services);
        VariablesFeature.Add(services);
    }

    public static void Map(ApiRoutes api)
    {
        AdminFeature.Map(api);
        AutomationsFeature.Map(api);
        DeploymentsFeature.Map(api);
        FlowRunsFeature.Map(api);
        FlowsFeature.Map(api);
        LogsFeature.Map(api);
        SavedSearchesFeature.Map(api);
        ServicesFeature.Map(api);
        TaskRunsFeature.Map(api);
        VariablesFeature.Map(api);
    }
}
