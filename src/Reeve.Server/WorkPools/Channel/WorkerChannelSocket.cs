using Reeve.Data;
using Reeve.Server.Http.WebSockets;
using Reeve.Server.WorkPools.Cleanup;

namespace Reeve.Server.WorkPools.Channel;

/// <summary><c>/work_pools/{name}/workers/connect</c>: heartbeats, pictures of the pool and orders to clean up. See websockets.md §5.</summary>
internal sealed partial class WorkerChannelSocket(
    Db db, ChannelSetup setup, WorkPoolStore pools, WorkerCleanupStore orders, CleanupInFlight inFlight, TimeProvider clock, ILogger<WorkerChannelSocket> log)
{
    public async Task RunAsync(ApiSocket socket)
    {
        try
        {
            if (await socket.ReceiveAsync() is not { } message) return;
            var hello = WorkerHello.Read(ChannelFrame.Read(message));
            var name = (string)socket.Http.Request.RouteValues["work_pool_name"]!;
            // From before the pool is read, so that no change of it is missed.
            using var changes = db.Signals.Listen(DbTopics.WorkPools);
            var (pool, queues) = await setup.RunAsync(name, hello, socket.Cancel);
            var session = new WorkerChannelSession(db, setup, pools, orders, inFlight, clock, socket, hello, pool, queues, changes);
            await session.RunAsync();
        }
        catch (ChannelClosedException closed)
        {
            await socket.CloseAsync(closed.Status, closed.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFault(log, error.Message, error is DatabaseException { IsPassing: true } ? null : error);
            var closed = ChannelClosedException.Transient;
            await socket.CloseAsync(closed.Status, closed.Message);
        }
    }

    [LoggerMessage(3201, LogLevel.Error, "A worker channel failed: {Message}")]
    private static partial void LogFault(ILogger log, string message, Exception? error);
}
