using Microsoft.Extensions.Hosting;

namespace Reeve.Cli.Hosting;

/// <summary>Leaves signals to the command, which may have more to end than the server, and in which order.</summary>
internal sealed class PassiveLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
