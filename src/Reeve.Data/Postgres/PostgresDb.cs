using System.Runtime.CompilerServices;
using Npgsql;

namespace Reeve.Data.Postgres;

/// <summary>
/// PostgreSQL by Npgsql. A batch is one pipelined round trip; without an explicit BEGIN the server runs it as one
/// transaction, so a process that dies, or a network that breaks, in the middle of it leaves nothing half done. One that is
/// held still while it sends leaves its locks: whoever waits for them too long ends its session.
/// </summary>
public sealed class PostgresDb : Db
{
    private const int Attempts = 5;

    private readonly PostgresOptions _options;
    private readonly PostgresPool _pool;
    private readonly TimeProvider _clock;
    private readonly PostgresListener _listener;

    public PostgresDb(PostgresOptions options, DbSignals signals, TimeProvider clock) : base(signals)
    {
        _options = options;
        _pool = new PostgresPool(options, clock);
        _clock = clock;
        _listener = new PostgresListener(options, signals, clock);
    }

    public override Dialect Dialect => Dialect.Postgres;

    /// <summary>Is told of sessions that were ended because their process had not sent the rest of a batch.</summary>
    public Action<AbandonedSession>? OnSessionEnded { get; set; }

    /// <summary>Starts to hear the wake-ups of other processes.</summary>
    public void StartListening() => _listener.Start();

    public override DbPoolState? Pool => _pool.State with { Listens = _listener.Listens };

    public override Task ReadAsync(SqlBatch batch, CancellationToken cancel = default) =>
        RetryAsync(async () =>
        {
            await using var lease = await _pool.RentAsync(cancel);
            await RunAsync(lease.Connection, WithPreamble(lease.Connection, batch.Statements), cancel);
            return true;
        }, reads: true, cancel);

    public override async Task WriteAsync(SqlBatch batch, CancellationToken cancel = default)
    {
        await RetryAsync(async () =>
        {
            await using var lease = await _pool.RentAsync(cancel);
            await RunAsync(lease.Connection, WithPreamble(lease.Connection, WithNotifications(batch)), cancel);
            return true;
        }, reads: false, cancel);
        foreach (var topic in batch.LocalSignals) Signals.Raise(topic);
    }

    public override async IAsyncEnumerable<T> StreamAsync<T>(
        Sql sql, Func<DbRow, T> map, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await using var lease = await _pool.RentAsync(cancel);
        await using var command = lease.Connection.CreateCommand();
        command.CommandText = sql.Render();
        foreach (var value in sql.Values) command.Parameters.Add(PostgresParameters.From(value));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var row = new PostgresRow { Reader = reader };
        while (await reader.ReadAsync(cancel)) yield return map(row);
    }

    private async Task RunAsync(NpgsqlConnection connection, IReadOnlyList<DbStatement> statements, CancellationToken cancel)
    {
        if (statements.Count == 0) return;
        using var measured = DbMeter.Begin(statements.Count);
        await using var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            statement.Reset();
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql.Render();
            foreach (var value in statement.Sql.Values) command.Parameters.Add(PostgresParameters.From(value));
            batch.BatchCommands.Add(command);
            OnStep?.Invoke(new DbStep(command.CommandText, statement.Sql));
        }
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await ReadResultsAsync(reader, statements, batch, cancel);
    }

    private static async Task ReadResultsAsync(
        NpgsqlDataReader reader, IReadOnlyList<DbStatement> statements, NpgsqlBatch batch, CancellationToken cancel)
    {
        // Statements without a result set are skipped by the reader, so only those with columns are walked here.
        var row = new PostgresRow { Reader = reader };
        foreach (var statement in statements)
        {
            if (statement is DbStatement.Command) continue;
            var wanted = true;
            while (await reader.ReadAsync(cancel)) wanted = wanted && statement.Take(row);
            await reader.NextResultAsync(cancel);
        }
        while (await reader.NextResultAsync(cancel)) { }
        for (var i = 0; i < statements.Count; i++) statements[i].Done((int)batch.BatchCommands[i].RecordsAffected);
    }

    private static IReadOnlyList<DbStatement> WithNotifications(SqlBatch batch)
    {
        if (batch.Signals.Count == 0) return batch.Statements;
        return [.. batch.Statements, .. batch.Signals.Select(PostgresListener.Notification)];
    }

    private IReadOnlyList<DbStatement> WithPreamble(NpgsqlConnection connection, IReadOnlyList<DbStatement> statements) =>
        _pool.Preamble(connection) is { Count: > 0 } first ? [.. first, .. statements] : statements;

    private async Task<T> RetryAsync<T>(Func<Task<T>> run, bool reads, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await run();
            }
            catch (Exception error) when (PostgresErrors.IsDatabaseError(error))
            {
                var known = PostgresErrors.From(error);
                // What broke one connection has broken those of its age as well; the next ones are new.
                var lost = PostgresErrors.IsLostConnection(error);
                if (lost) _pool.Clear();
                else _pool.ForgetNames();
                var again = known.Kind == DatabaseErrorKind.Retryable
                    || PostgresErrors.IsSurelyUndone(error)
                    || (reads && lost && attempt == 1);
                if (!again || attempt == Attempts) throw known;
                if (PostgresErrors.IsLockTimeout(error)) await EndAbandonedAsync(cancel);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 << attempt)), _clock, cancel);
        }
    }

    /// <summary>
    /// Somebody has held a lock for longer than any statement of ours takes. If it is a process of ours that waits in the middle of a batch, it is held still, starved or cut off:
    /// PostgreSQL has begun with what it got, waits for the rest without a limit, and calls that active. Ending such a session undoes what it has begun, and whoever sent it tries again.
    /// </summary>
    private async Task EndAbandonedAsync(CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var ended = batch.List(
            $"""
            select a.pid, a.name, a.seconds, pg_terminate_backend(a.pid) from (
                select pid, application_name as name, extract(epoch from clock_timestamp() - xact_start)::float8 as seconds
                from pg_stat_activity
                where datname = current_database() and usename = current_user and state = 'active' and wait_event = 'ClientRead'
                    and xact_start < clock_timestamp() - {_options.LockTimeout ?? TimeSpan.FromSeconds(5)}
                    and split_part(application_name, ' ', 1) = {_options.ApplicationName.Split(' ')[0]}
                offset 0) a
            """,
            static row => (Session: new AbandonedSession(row.GetInt32(0), row.GetString(1), TimeSpan.FromSeconds(row.GetDouble(2))), IsEnded: row.GetBoolean(3)));
        try
        {
            await using var lease = await _pool.RentAsync(cancel);
            await RunAsync(lease.Connection, WithPreamble(lease.Connection, batch.Statements), cancel);
        }
        catch (Exception error) when (PostgresErrors.IsDatabaseError(error) || error is DatabaseException)
        {
            // Then the next to wait too long tries.
            return;
        }
        foreach (var (session, isEnded) in ended.Value)
        {
            if (isEnded) OnSessionEnded?.Invoke(session);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _pool.DisposeAsync();
    }
}
