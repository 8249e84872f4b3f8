namespace Reeve.Server.Messaging;

/// <summary>Starts and stops the engine, where it has something to start.</summary>
internal sealed class MessagingHost(IMessageBus bus) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => (bus as IHostedService)?.StartAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => (bus as IHostedService)?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
