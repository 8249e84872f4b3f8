using Microsoft.Extensions.DependencyInjection.Extensions;
using Reeve.Server.Events.DeadLetters;
using Reeve.Server.Events.Queries;
using Reeve.Server.Events.Streams;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.Http;
using Reeve.Server.Services;
using Reeve.Server.Streams;
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
        services.TryAddSingleton<StreamMeters>();
        services.AddSingleton<Distributor>();
        services.AddSingleton<Service>(static services => services.GetRequiredService<Distributor>());
        services.AddSingleton<EventsOutSocket>();
        services.AddSingleton<EventConsumers>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<DeadLetterReplay>();
        services.AddSingleton<DeadLettersApi>();
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
        api.Services.GetRequiredService<DeadLettersApi>().Map(api);
        api.Socket("/events/out", api.Services.GetRequiredService<EventsOutSocket>().RunAsync);
        api.Socket("/events/in", api.Services.GetRequiredService<EventsInSocket>().RunAsync);
    }
}
