namespace Reeve.Server.Http.WebSockets;

/// <summary>
/// The end of open websockets when the process stops: told first of all, while the connections still work, and waited for so long
/// as a client needs that answers. The web server itself would only drop them.
/// </summary>
internal sealed class SocketFarewells : IHostedLifecycleService, IDisposable
{
    /// <summary>How long clients have to say goodbye in turn.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public const string Reason = "The server stops; connect again.";

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _givenUp = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _allLeft;
    private int _open;

    /// <summary>Cancelled when sockets are to end.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled when those that are still open are dropped.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    public void Entered()
    {
        lock (_gate) _open++;
    }

    public void Left()
    {
        lock (_gate)
        {
            if (--_open == 0) _allLeft?.TrySetResult();
        }
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await AllLeftAsync().WaitAsync(Limit, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // Some did not answer.
        }
        // Also for those that come only now: nobody waits for them any more.
        await _givenUp.CancelAsync();
    }

    private Task AllLeftAsync()
    {
        lock (_gate)
        {
            if (_open == 0) return Task.CompletedTask;
            _allLeft = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _allLeft.Task;
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stopping.Dispose();
        _givenUp.Dispose();
    }
}
