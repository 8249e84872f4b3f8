using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Settings.Views;

namespace Reeve.Server.Events;

/// <summary>
/// On PostgreSQL, tells other processes of events: that some wait, where this process delivers none itself, and that some
/// were stored. At most once in a tenth of a second and outside the transactions that write, whose commits a NOTIFY would serialise.
/// </summary>
internal sealed class EventNotifier(Db db, ServerRole role, ServerSettings settings, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (db.IsSqlite) return Task.CompletedTask;
        var delivers = role.RunsServices && !settings.WebserverOnly && role.OnlyServices is null;
        return delivers
            ? ForwardAsync(DbTopics.Events, DbTopics.EventsElsewhere, stoppingToken)
            : Task.WhenAll(
                ForwardAsync(DbTopics.Events, DbTopics.EventsElsewhere, stoppingToken),
                ForwardAsync(DbTopics.Outbox, DbTopics.OutboxElsewhere, stoppingToken));
    }

    private async Task ForwardAsync(string heard, string said, CancellationToken stop)
    {
        using var waiter = db.Signals.Listen(heard);
        try
        {
            while (true)
            {
                await waiter.WaitAsync(Timeout.InfiniteTimeSpan, clock, stop);
                var batch = new SqlBatch();
                batch.Signal(said);
                try
                {
                    await db.WriteAsync(batch, stop);
                }
                catch (DatabaseException)
                {
                    // Those who wait look by themselves every few seconds.
                }
                await Task.Delay(Pause, clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process stops.
        }
    }
}
