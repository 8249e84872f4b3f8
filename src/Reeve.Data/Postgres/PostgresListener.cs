namespace Reeve.Data.Postgres;

/// <summary>
/// Hears the wake-ups of other processes on one connection of its own. When that connection breaks it is opened again
/// with back-off, and everybody is woken once, because nobody can say what was missed. While nothing can be heard, as behind
/// a pooler that shares sessions, everybody is woken every second instead.
/// </summary>
internal sealed class PostgresListener(PostgresOptions options, DbSignals signals, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Ours; the reference listens on its own channel for automations, which we raise and hear as well.</summary>
    private const string Channel = "reeve";
    private const string AutomationChannel = "prefect_automation_changes";

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Between two attempts to connect, up to twice this.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private volatile bool _listens;

    /// <summary>Whether wake-ups of other processes are heard right now.</summary>
    public bool Listens => _listens;

    public static DbStatement Notification(string topic)
    {
        var channel = topic == DbTopics.Automations ? AutomationChannel : Channel;
        return new DbStatement.First<bool>($"select pg_notify({channel:text}, {topic:text}) is null", static _ => true, new DbResult<bool>());
    }

    public void Start() => _loop = Task.Run(ListenAsync);

    private async Task ListenAsync()
    {
        var delay = TimeSpan.FromMilliseconds(100);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (await HearAsync()) delay = TimeSpan.FromMilliseconds(100);
            }
            catch (Exception error) when (error is OperationCanceledException || PostgresErrors.IsDatabaseError(error))
            {
                // Below.
            }
            var heard = _listens;
            _listens = false;
            if (_stop.IsCancellationRequested) return;
            if (!heard) signals.RaiseAll();
            await PauseAsync(delay * (1 + Random.Shared.NextDouble()));
            delay = delay * 2 < LongestPause ? delay * 2 : LongestPause;
        }
    }

    /// <summary>Listens until the connection breaks; false at once, after a time of polling, when sessions are shared.</summary>
    private async Task<bool> HearAsync()
    {
        await using var source = PostgresSource.Single(options.DirectConnectionString ?? options.ConnectionString, options.ApplicationName + " listen");
        await using var connection = await source.OpenConnectionAsync(_stop.Token);
        if (await PostgresSession.IsSharedAsync(connection, _stop.Token))
        {
            // Listening would be left on a session that others use. The connection goes back, and the clock wakes everybody.
            await connection.CloseAsync();
            while (!_stop.IsCancellationRequested)
            {
                signals.RaiseAll();
                await PauseAsync(PollInterval);
            }
            return false;
        }
        connection.Notification += (_, e) => signals.Raise(e.Channel == AutomationChannel ? DbTopics.Automations : e.Payload);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"listen {Channel}; listen {AutomationChannel}";
            await command.ExecuteNonQueryAsync(_stop.Token);
        }
        _listens = true;
        signals.RaiseAll();
        while (true) await connection.WaitAsync(_stop.Token);
    }

    private async Task PauseAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, clock, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }
}
