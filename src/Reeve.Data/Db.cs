namespace Reeve.Data;

/// <summary>
/// The database. Reads and writes go in batches of one round trip; a write batch is one transaction.
/// Lost races (serialization failures, deadlocks, a busy file) are tried again before they reach the caller.
/// </summary>
public abstract class Db(DbSignals signals) : IAsyncDisposable
{
    private const int MostDecisions = 100;

    public abstract Dialect Dialect { get; }

    public bool IsSqlite => Dialect == Dialect.Sqlite;

    /// <summary>Wake-ups that came with committed changes, from this process and, on PostgreSQL, from others.</summary>
    public DbSignals Signals { get; } = signals;

    /// <summary>How it stands with this process's connections; null where there is no pool to speak of.</summary>
    public virtual DbPoolState? Pool => null;

    /// <summary>Called before each statement and before each commit; tests seed faults here.</summary>
    public Action<DbStep>? OnStep { get; set; }

    /// <summary>Runs statements that only read, in one round trip and on one snapshot where the database gives it.</summary>
    public abstract Task ReadAsync(SqlBatch batch, CancellationToken cancel = default);

    /// <summary>Runs statements as one transaction in one round trip.</summary>
    public abstract Task WriteAsync(SqlBatch batch, CancellationToken cancel = default);

    /// <summary>
    /// Reads, decides, and writes by a batch that <see cref="SqlBatch.Require">requires</see> what was read to be so still; again from the
    /// start when it was not. There are no transactions of several round trips: none can wait for us between its statements, however slow
    /// this process is at the moment.
    /// </summary>
    /// <exception cref="DatabaseException">Retryable: somebody else was faster each time.</exception>
    public static async Task<T> DecideAsync<T>(Func<Task<T>> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await decide();
            }
            catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.Overtaken)
            {
                // Whoever was faster has committed, or the requirement would have waited for it: there is nothing to wait for.
                if (attempt == MostDecisions) throw new DatabaseException(DatabaseErrorKind.Retryable, error.Message, null, error);
            }
        }
    }

    public static Task DecideAsync(Func<Task> decide) => DecideAsync(async () => { await decide(); return true; });

    /// <summary>Reads rows one at a time at the reader's pace, outside any transaction of ours, for long downloads.</summary>
    public abstract IAsyncEnumerable<T> StreamAsync<T>(Sql sql, Func<DbRow, T> map, CancellationToken cancel = default);

    /// <summary>Whether the database answers.</summary>
    public async Task<bool> PingAsync(CancellationToken cancel = default)
    {
        try
        {
            await OneAsync($"select 1", static row => row.GetInt32(0), cancel);
            return true;
        }
        catch (DatabaseException)
        {
            return false;
        }
    }

    public async Task<T?> OneAsync<T>(Sql sql, Func<DbRow, T> map, CancellationToken cancel = default)
    {
        var batch = new SqlBatch();
        var result = batch.One(sql, map);
        await ReadAsync(batch, cancel);
        return result.Value;
    }

    public async Task<List<T>> ListAsync<T>(Sql sql, Func<DbRow, T> map, CancellationToken cancel = default)
    {
        var batch = new SqlBatch();
        var result = batch.List(sql, map);
        await ReadAsync(batch, cancel);
        return result.Value;
    }

    /// <summary>Runs one statement that writes; the number of rows changed.</summary>
    public async Task<int> ExecuteAsync(Sql sql, CancellationToken cancel = default)
    {
        var batch = new SqlBatch();
        var result = batch.Execute(sql);
        await WriteAsync(batch, cancel);
        return result.Value;
    }

    /// <summary>Runs one statement that writes and returns rows (<c>… returning …</c>).</summary>
    public async Task<List<T>> ExecuteReturningAsync<T>(Sql sql, Func<DbRow, T> map, CancellationToken cancel = default)
    {
        var batch = new SqlBatch();
        var result = batch.List(sql, map);
        await WriteAsync(batch, cancel);
        return result.Value;
    }

    public abstract ValueTask DisposeAsync();
}
