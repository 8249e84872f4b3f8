using Reeve.Server.Automations.Actions;
using Reeve.Server.Automations.Explaining;
using Reeve.Server.Automations.Templates;
using Reeve.Server.Automations.Triggers;
using Reeve.Server.Events;
using Reeve.Server.Http;
using Reeve.Server.Notifications;
using Reeve.Server.Services;

namespace Reeve.Server.Automations;

/// <summary>What is to happen when events do, or do not, come.</summary>
internal static class AutomationsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<AutomationStore>();
        services.AddSingleton<RunDeploymentCheck>();
        services.AddSingleton<AutomationsApi>();
        services.AddSingleton<ExplainStore>();
        services.AddSingleton<Explainer>();
        services.AddSingleton<ExplainApi>();
        AddTriggers(services);
        AddActions(services);
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<AutomationsApi>().Map(api);
        api.Services.GetRequiredService<ExplainApi>().Map(api);
    }

    private static void AddTriggers(IServiceCollection services)
    {
        services.AddSingleton<AutomationCache>();
        services.AddSingleton<ReactiveTriggers>();
        // Before the event store, whose rows say what was evaluated.
        services.AddSingleton<IEventConsumer>(static services => services.GetRequiredService<ReactiveTriggers>());
        services.AddSingleton<Service, ProactiveTriggers>();
    }

    private static void AddActions(IServiceCollection services)
    {
        services.AddSingleton<UiUrls>();
        services.AddSingleton<TemplateObjects>();
        services.AddSingleton<ActionTemplates>();
        services.AddSingleton<OutgoingSender>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<DeploymentActions>();
        services.AddSingleton<FlowRunActions>();
        services.AddSingleton<WorkPoolActions>();
        services.AddSingleton<SwitchActions>();
        services.AddSingleton<MessageActions>();
        services.AddSingleton<ActionRunner>();
        services.AddSingleton<Service, ActionService>();
    }
}
