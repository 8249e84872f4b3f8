using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Reeve.Data.Sqlite;

/// <summary>
/// SQLite in WAL mode: one writer with a fair queue and group commit, a few readers. Reads never wait for writes.
/// Other processes may use the file too; who finds it locked waits and tries again.
/// </summary>
public sealed class SqliteDb : Db
{
    private const int Readers = 8;
    private const int Attempts = 5;

    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly SemaphoreSlim _readers = new(Readers, Readers);

    /// <summary>Opens the file at <paramref name="path"/>, created when missing, on first use.</summary>
    public SqliteDb(string path, DbSignals signals, TimeProvider clock) : base(signals)
    {
        _path = path;
        _clock = clock;
        _writer = new SqliteWriter(() => new SqliteSession(path, readOnly: false), () => OnStep);
    }

    public override Dialect Dialect => Dialect.Sqlite;

    public override async Task ReadAsync(SqlBatch batch, CancellationToken cancel = default)
    {
        using var measured = DbMeter.Begin(batch.Statements.Count);
        await _readers.WaitAsync(cancel);
        SqliteSession? session = null;
        try
        {
            session = Take();
            var several = batch.Statements.Count > 1;
            if (several) session.RunText("begin");
            try
            {
                RunAll(session, batch.Statements);
            }
            finally
            {
                if (several) session.RunText("commit");
            }
            _idle.Add(session);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
        finally
        {
            _readers.Release();
        }
    }

    public override async Task WriteAsync(SqlBatch batch, CancellationToken cancel = default)
    {
        using var measured = DbMeter.Begin(batch.Statements.Count);
        await RetryAsync(() => _writer.RunAsync(session =>
        {
            RunAll(session, batch.Statements);
            return true;
        }, cancel), cancel);
        foreach (var topic in batch.LocalSignals) Signals.Raise(topic);
    }

    public override async IAsyncEnumerable<T> StreamAsync<T>(
        Sql sql, Func<DbRow, T> map, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        // A connection of its own: a slow reader must not hold one of the few.
        using var session = new SqliteSession(_path, readOnly: true);
        // It reads each row once and may have to sort more than memory should hold: few pages are kept, the rest is on disk.
        session.RunText("pragma cache_size = 1000");
        session.RunText("pragma temp_store = file");
        foreach (var item in session.Stream(sql, map))
        {
            cancel.ThrowIfCancellationRequested();
            yield return item;
        }
        await Task.CompletedTask;
    }

    private void RunAll(SqliteSession session, IReadOnlyList<DbStatement> statements)
    {
        foreach (var statement in statements)
        {
            var text = statement.Sql.Render();
            OnStep?.Invoke(new DbStep(text, statement.Sql));
            session.Run(statement, text);
        }
    }

    private SqliteSession Take() => _idle.TryTake(out var session) ? session : new SqliteSession(_path, readOnly: true);

    private async Task<T> RetryAsync<T>(Func<Task<T>> run, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await run();
            }
            catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.Retryable && attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 << attempt)), _clock, cancel);
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        _writer.Dispose();
        while (_idle.TryTake(out var session)) session.Dispose();
        _readers.Dispose();
        return ValueTask.CompletedTask;
    }
}
