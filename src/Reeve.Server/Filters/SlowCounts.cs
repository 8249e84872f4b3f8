using System.Collections.Concurrent;
using Reeve.Data;

namespace Reeve.Server.Filters;

/// <summary>
/// Counts of runs. One of many that takes the database long is remembered, so that pages which ask again and again for the
/// number of all runs there ever were do not have them all counted each time.
/// </summary>
/// <remarks>
/// A count that is faster than <see cref="Slow"/> or finds fewer than <see cref="Many"/> is always made anew. Another is answered from memory until it is
/// <see cref="Oldest"/> old; asked for after <see cref="Rest"/> times what it took, it is made anew beside the answer. Counting
/// so takes a twentieth of one connection at most, and nobody who keeps asking waits for it.
/// </remarks>
internal sealed partial class SlowCounts(Db db, TimeProvider clock, ILogger<SlowCounts> logger)
{
    internal static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);
    internal const int Many = 10_000;
    internal static readonly TimeSpan Oldest = TimeSpan.FromMinutes(1);
    internal const int Rest = 20;
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, Known> _known = new();

    /// <summary>How many rows <c>r</c> of <paramref name="table"/> there are for which <paramref name="where"/> holds.</summary>
    public async Task<int> CountAsync(SqlText table, Sql where, CancellationToken cancel)
    {
        var statement = Statement(table, where);
        if (Recall(statement) is { } count) return count;
        var started = clock.GetTimestamp();
        return Keep(statement, await MakeAsync(statement, cancel), started);
    }

    public static Sql Statement(SqlText table, Sql where) => $"select count(*) from {table} r where {where}";

    /// <summary>What the statement counted lately, where that took long; else null.</summary>
    public int? Recall(Sql statement)
    {
        // Most counts are quick, and nothing of them is known: their keys need not be made.
        if (_known.IsEmpty) return null;
        var key = statement.Identity();
        if (!_known.TryGetValue(key, out var known)) return null;
        var age = clock.GetElapsedTime(known.Made);
        if (age >= Oldest)
        {
            _known.TryRemove(new(key, known));
            return null;
        }
        if (age > known.Took * Rest && known.StartAnew()) _ = MakeAnewAsync(statement, key, known);
        return known.Count;
    }

    /// <summary>Remembers a count that was begun at <paramref name="started"/>, if it is of many and took long.</summary>
    public int Keep(Sql statement, int count, long started)
    {
        var took = clock.GetElapsedTime(started);
        if (took < Slow || count < Many) return count;
        if (_known.Count >= Most)
        {
            foreach (var one in _known.Where(one => clock.GetElapsedTime(one.Value.Made) >= Oldest)) _known.TryRemove(one);
            if (_known.Count >= Most) _known.Clear();
        }
        _known[statement.Identity()] = new Known(count, clock.GetTimestamp(), took);
        return count;
    }

    private Task<int> MakeAsync(Sql statement, CancellationToken cancel) => db.OneAsync(statement, static row => row.GetInt32(0), cancel);

    private async Task MakeAnewAsync(Sql statement, string key, Known known)
    {
        var started = clock.GetTimestamp();
        try
        {
            var count = await MakeAsync(statement, CancellationToken.None);
            _known.TryRemove(new(key, known));
            Keep(statement, count, started);
        }
        catch (DatabaseException error)
        {
            // What is known grows old, and then whoever asks is told.
            LogNotMadeAnew(error.Message);
        }
    }

    [LoggerMessage(2201, LogLevel.Warning, "A count could not be made anew: {Reason}")]
    private partial void LogNotMadeAnew(string reason);

    private sealed class Known(int count, long made, TimeSpan took)
    {
        private int _anew;

        public int Count => count;
        public long Made => made;
        public TimeSpan Took => took;

        /// <summary>True for the first who asks.</summary>
        public bool StartAnew() => Interlocked.Exchange(ref _anew, 1) == 0;
    }
}
