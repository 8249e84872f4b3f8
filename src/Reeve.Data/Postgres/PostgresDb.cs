using System.Runtime.CompilerServices;
using Npgsql;

namespace Reeve.Data.Postgres;

/// <summary>
/// PostgreSQL by Npgsql. A batch is one pipelined round trip; without an explicit BEGIN the server runs it as one
/// transaction, so a process that dies, or a network that breaks, in the middle of it leaves nothing half done.
/// </summary>
public sealed class PostgresDb : Db
{
    private const int Attempts = 5;

    private readonly PostgresPool _pool;
    private readonly TimeProvider _clock;
    private readonly PostgresListener _listener;

    public PostgresDb(PostgresOptions options, DbSignals signals, TimeProvider clock) : base(signals)
    {
        _pool = new PostgresPool(options, clock);
        _clock = clock;
        _listener = new PostgresListener(options, signals, clock);
    }

    public override Dialect Dialect => Dialect.Postgres;

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
            }
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 << attempt)), _clock, cancel);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _pool.DisposeAsync();
    }
}
