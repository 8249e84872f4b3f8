using System.Diagnostics;

namespace Reeve.Bench;

internal static class Measure
{
    private const int Batch = 1000;

    /// <summary>Nanoseconds a call (the best batch of the time given) and bytes it allocates.</summary>
    public static (double Nanoseconds, long Bytes) Of(Action body, TimeSpan time)
    {
        var best = double.MaxValue;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var from = Stopwatch.GetTimestamp();
            for (var i = 0; i < Batch; i++) body();
            best = Math.Min(best, Stopwatch.GetElapsedTime(from).TotalNanoseconds / Batch);
        }
        return (best, Bytes(body));
    }

    /// <summary>Bytes a call allocates, once caches are filled.</summary>
    public static long Bytes(Action body)
    {
        for (var i = 0; i < 100; i++) body();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batch; i++) body();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Batch;
    }
}
