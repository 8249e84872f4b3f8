using Reeve.Server.Admin;
using Reeve.Server.Artifacts;
using Reeve.Server.Automations;
using Reeve.Server.Blocks;
using Reeve.Server.Concurrency;
using Reeve.Server.Deployments;
using Reeve.Server.Diagnostics;
using Reeve.Server.Events;
using Reeve.Server.FlowRuns;
using Reeve.Server.Flows;
using Reeve.Server.Http;
using Reeve.Server.Logs;
using Reeve.Server.Messaging;
using Reeve.Server.Processes;
using Reeve.Server.Retention;
using Reeve.Server.SavedSearches;
using Reeve.Server.Services;
using Reeve.Server.TaskRuns;
using Reeve.Server.TaskWorkers;
using Reeve.Server.Ui;
using Reeve.Server.Variables;
using Reeve.Server.WorkPools;

namespace Reeve.Server.Hosting;

/// <summary>Every feature of the server. A folder is a feature; its door is its <c>…Feature</c> class.</summary>
internal static class Features
{
    public static void Add(IServiceCollection services)
    {
        AdminFeature.Add(services);
        ArtifactsFeature.Add(services);
        AutomationsFeature.Add(services);
        BlocksFeature.Add(services);
        ConcurrencyFeature.Add(services);
        DeploymentsFeature.Add(services);
        DiagnosticsFeature.Add(services);
        EventsFeature.Add(services);
        FlowRunsFeature.Add(services);
        FlowsFeature.Add(services);
        LogsFeature.Add(services);
        MessagingFeature.Add(services);
        ProcessesFeature.Add(services);
        RetentionFeature.Add(services);
        SavedSearchesFeature.Add(services);
        ServicesFeature.Add(services);
        TaskRunsFeature.Add(services);
        TaskWorkersFeature.Add(services);
        UiFeature.Add(services);
        VariablesFeature.Add(services);
        WorkPoolsFeature.Add(services);
    }

    public static void Map(ApiRoutes api)
    {
        AdminFeature.Map(api);
        ArtifactsFeature.Map(api);
        AutomationsFeature.Map(api);
        BlocksFeature.Map(api);
        ConcurrencyFeature.Map(api);
        DeploymentsFeature.Map(api);
        DiagnosticsFeature.Map(api);
        EventsFeature.Map(api);
        FlowRunsFeature.Map(api);
        FlowsFeature.Map(api);
        LogsFeature.Map(api);
        ProcessesFeature.Map(api);
        SavedSearchesFeature.Map(api);
        ServicesFeature.Map(api);
        TaskRunsFeature.Map(api);
        TaskWorkersFeature.Map(api);
        UiFeature.Map(api);
        VariablesFeature.Map(api);
        WorkPoolsFeature.Map(api);
    }
}
