using System.Diagnostics;

namespace Reeve.Data;

/// <summary>
/// Counts what one piece of work asks of the database: round trips, statements and the time spent waiting for answers.
/// It flows with the work (<see cref="AsyncLocal{T}"/>), so nobody on the way has to pass it on.
/// </summary>
public sealed class DbMeter
{
    private static readonly AsyncLocal<DbMeter?> Ambient = new();

    private long _statements;
    private long _roundTrips;
    private long _ticks;

    /// <summary>The meter of the work under way; setting it holds for what this method calls from here on.</summary>
    public static DbMeter? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public long Statements => Interlocked.Read(ref _statements);

    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    /// <summary>Time from sending until the last row was read.</summary>
    public TimeSpan Time => new(Interlocked.Read(ref _ticks));

    /// <summary>Begins a round trip; it ends when the answer is disposed.</summary>
    internal static Span Begin(int statements) => new(Ambient.Value, statements);

    internal readonly struct Span : IDisposable
    {
        private readonly DbMeter? _meter;
        private readonly long _began;

        public Span(DbMeter? meter, int statements)
        {
            _meter = meter;
            if (meter is null) return;
            _began = Stopwatch.GetTimestamp();
            Interlocked.Add(ref meter._statements, statements);
            Interlocked.Increment(ref meter._roundTrips);
        }

        public void Dispose()
        {
            if (_meter is not null) Interlocked.Add(ref _meter._ticks, Stopwatch.GetElapsedTime(_began).Ticks);
        }
    }
}
