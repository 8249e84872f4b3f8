using Reeve.Settings.Views;

namespace Reeve.Server.Messaging;

/// <summary>How processes tell each other of what was stored.</summary>
internal static class MessagingFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IMessageBus>(static services =>
        {
            var settings = services.GetRequiredService<ServerSettings>().Messaging;
            return settings.UseRedis
                ? new RedisBus(RedisConnection.Options(settings), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<RedisBus>>())
                : new InProcessBus();
        });
        services.AddSingleton<IHostedService, MessagingHost>();
    }
}
