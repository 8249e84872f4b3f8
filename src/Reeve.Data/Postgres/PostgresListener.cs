using Npgsql;

namespace Reeve.Data.Postgres;

/// <summary>
/// Hears the wake-ups of other processes on one connection of its own. When that connection breaks it is opened again
/// with back-off, and everybody is woken once, because nobody can say what was missed.
/// </summary>
internal sealed class PostgresListener(PostgresOptions options, DbSignals signals, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Ours; the reference listens on its own channel for automations, which we raise and hear as well.</summary>
    private const string Channel = "reeve";
    private const string AutomationChannel = "prefect_automation_changes";

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public static DbStatement Notification(string topic)
    {
        var channel = topic == DbTopics.Automations ? AutomationChannel : Channel;
        return new DbStatement.First<bool>($"select pg_notify({channel:text}, {topic:text}) is null", static _ => true, new DbResult<bool>());
    }

    public void Start() => _loop = Task.Run(ListenAsync);

    private async Task ListenAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = options.ApplicationName + " listen",
            Pooling = false,
            KeepAlive = 30,
        };
        var delay = TimeSpan.FromMilliseconds(100);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var source = NpgsqlDataSourceFor(settings.ConnectionString);
                await using var connection = await source.OpenConnectionAsync(_stop.Token);
                connection.Notification += (_, e) =>
                    signals.Raise(e.Channel == AutomationChannel ? DbTopics.Automations : e.Payload);
                await using (var command = connection.CreateCommand())
                {
                    command.CommandText = $"listen {Channel}; listen {AutomationChannel}";
                    await command.ExecuteNonQueryAsync(_stop.Token);
                }
                signals.RaiseAll();
                delay = TimeSpan.FromMilliseconds(100);
                while (true) await connection.WaitAsync(_stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException || PostgresErrors.IsDatabaseError(error))
            {
                if (_stop.IsCancellationRequested) return;
                await Task.Delay(delay * (1 + Random.Shared.NextDouble()), clock, CancellationToken.None);
                delay = delay < TimeSpan.FromSeconds(5) ? delay * 2 : delay;
            }
        }
    }

    private static NpgsqlDataSource NpgsqlDataSourceFor(string connectionString)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableTransportSecurity();
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }
}
