using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Settings.Views;

namespace Reeve.Server.Blocks;

/// <summary>
/// Offers the catalogue of block types once the server answers, so that it starts no later for it. Whoever of several
/// processes comes second finds nothing to do.
/// </summary>
internal sealed partial class BlockRegistration(
    BlockCatalogStore catalog, ServerSettings settings, ServerRole role, TimeProvider clock, IHostApplicationLifetime life,
    ILogger<BlockRegistration> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.RegisterBlocksOnStart || !role.ServesApi) return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = life.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            var added = await catalog.AddMissingAsync(clock.GetUtcNow(), stoppingToken);
            if (added > 0) LogAdded(log, added);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before there was time; the next start goes on.
        }
        catch (DatabaseException error)
        {
            LogFailed(log, error);
        }
    }

    [LoggerMessage(3101, LogLevel.Debug, "Added {Count} block types and schemas")]
    private static partial void LogAdded(ILogger log, int count);

    [LoggerMessage(3102, LogLevel.Warning, "The standard block types could not be added; clients add those they use, and the next start tries again")]
    private static partial void LogFailed(ILogger log, Exception error);
}
