using System.Collections.Concurrent;
using Npgsql;

namespace Reeve.Data.Postgres;

/// <summary>
/// The connections of this process. Callers queue here, in order and counted, and not inside the driver. Before the first
/// connection it finds out whether the sessions behind it are ours or shared through a pooler, and behaves accordingly.
/// </summary>
internal sealed class PostgresPool(PostgresOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim _places = new(options.MaxConnections, options.MaxConnections);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly ConcurrentDictionary<int, string> _names = new();
    private volatile NpgsqlDataSource? _source;
    private bool _shared;
    private int _waiting;
    private long _waits;
    private long _waited;
    private long _longest;
    private long _givenUp;

    public DbPoolState State => new(
        options.MaxConnections, options.MaxConnections - _places.CurrentCount, Volatile.Read(ref _waiting), Interlocked.Read(ref _waits),
        new TimeSpan(Interlocked.Read(ref _waited)), new TimeSpan(Interlocked.Read(ref _longest)), Interlocked.Read(ref _givenUp), IsShared, false);

    /// <summary>Whether a pooler stands between; null while no connection has been made.</summary>
    public bool? IsShared => _source is null ? null : _shared;

    public async ValueTask<PostgresLease> RentAsync(CancellationToken cancel)
    {
        if (!_places.Wait(0, CancellationToken.None)) await QueueAsync(cancel);
        try
        {
            var source = _source ?? await OpenAsync(cancel);
            return new PostgresLease(await source.OpenConnectionAsync(cancel), _places);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>What has to run before a caller's own statements, in the same round trip.</summary>
    public IReadOnlyList<DbStatement> Preamble(NpgsqlConnection connection)
    {
        if (_shared) return PostgresSession.SetupOfTransaction(options);
        var wanted = DbCaller.Name;
        var known = _names.GetValueOrDefault(connection.ProcessID);
        if (wanted == known) return [];
        // Sessions come and go; what is remembered of those gone does no harm but must not pile up.
        if (_names.Count > 4 * options.MaxConnections) _names.Clear();
        if (wanted is null) _names.TryRemove(connection.ProcessID, out _);
        else _names[connection.ProcessID] = wanted;
        return [PostgresSession.Name(wanted is null ? options.ApplicationName : $"{options.ApplicationName} {wanted}")];
    }

    /// <summary>After the server has gone away: every connection from before is of no use.</summary>
    public void Clear()
    {
        _source?.Clear();
        _names.Clear();
    }

    /// <summary>A name that was given in a transaction went with it when that was rolled back.</summary>
    public void ForgetNames() => _names.Clear();

    private async ValueTask QueueAsync(CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        Interlocked.Increment(ref _waiting);
        Interlocked.Increment(ref _waits);
        try
        {
            if (await _places.WaitAsync(options.PoolTimeout ?? Timeout.InfiniteTimeSpan, cancel)) return;
            Interlocked.Increment(ref _givenUp);
            throw new DatabaseException(
                DatabaseErrorKind.Unavailable,
                $"All {options.MaxConnections} connections to the database were busy for {options.PoolTimeout!.Value.TotalSeconds:0.#} s. "
                + "Look for slow statements (reeve doctor), or allow more with PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE and ..._MAX_OVERFLOW.",
                null,
                null);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            var waited = clock.GetElapsedTime(began).Ticks;
            Interlocked.Add(ref _waited, waited);
            InterlockedMax(ref _longest, waited);
        }
    }

    private async Task<NpgsqlDataSource> OpenAsync(CancellationToken cancel)
    {
        await _opening.WaitAsync(cancel);
        try
        {
            if (_source is { } made) return made;
            await using (var probe = PostgresSource.Single(options.ConnectionString, options.ApplicationName))
            await using (var connection = await probe.OpenConnectionAsync(cancel))
            {
                _shared = await PostgresSession.IsSharedAsync(connection, cancel);
            }
            return _source = PostgresSource.Create(options, _shared);
        }
        finally
        {
            _opening.Release();
        }
    }

    private static void InterlockedMax(ref long place, long value)
    {
        for (var seen = Interlocked.Read(ref place); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref place, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is { } source) await source.DisposeAsync();
        _places.Dispose();
        _opening.Dispose();
    }
}
