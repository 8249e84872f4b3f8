using System.Collections.Concurrent;

namespace Reeve.Load;

/// <summary>Times of requests by step, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _times = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private int _count;

    public int Count => _count;

    public int Errors => _errors.Count;

    public IEnumerable<string> FirstErrors => _errors.Take(5);

    public void Add(string step, double milliseconds, string? error)
    {
        Interlocked.Increment(ref _count);
        _times.GetOrAdd(step, static _ => []).Add(milliseconds);
        if (error is not null) _errors.Enqueue($"{step}: {error}");
    }

    public IEnumerable<(string Step, int Count, double P50, double P95, double P99)> Percentiles()
    {
        foreach (var (step, times) in _times.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            var sorted = times.Order().ToArray();
            double At(double share) => sorted[Math.Min((int)(share * sorted.Length), sorted.Length - 1)];
            yield return (step, sorted.Length, At(0.5), At(0.95), At(0.99));
        }
    }
}
