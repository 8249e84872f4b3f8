using Reeve.Server.Events.Queries;
using Reeve.Server.Http;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.Services;
using Reeve.Server.TaskRuns;

namespace Reeve.Server.Events;

/// <summary>Events: taken in, delivered to those who must see them, stored, asked for.</summary>
internal static class EventsFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventIngest>();
        services.AddSingleton<EventsApi>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventQueriesApi>();
        services.AddSingleton<EventsInSocket>();
        services.AddSingleton<SocketHandshake>();
        services.AddSingleton<Service, EventRelay>();
        services.AddSingleton<IEventConsumer, EventPersister>();
        services.AddSingleton<IEventConsumer, TaskRunRecorder>();
        services.AddSingleton<IEventConsumer, EventLogger>();
        services.AddSingleton<IHostedService, EventNotifier>();
    }

    public static void Map(ApiRoutes api)
    {
        api.Services.GetRequiredService<EventsApi>().Map(api);
        api.Services.GetRequiredService<EventQueriesApi>().Map(api);
        api.Socket("/events/in", api.Services.GetRequiredService<EventsInSocket>().RunAsync);
    }
}
