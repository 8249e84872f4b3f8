using System.Text.Json.Serialization;

namespace Reeve.Core.Orchestration;

/// <summary>A task's delay between retries in seconds: one number for all retries, or one for each.</summary>
[JsonConverter(typeof(RetryDelayConverter))]
public sealed class RetryDelay : IEquatable<RetryDelay>
{
    /// <summary>The most delays a list may have.</summary>
    public const int MaximumCount = 50;

    private readonly double[] seconds;

    /// <summary>The same delay before every retry.</summary>
    public RetryDelay(double seconds, bool isWhole = false)
    {
        this.seconds = [seconds];
        IsWhole = isWhole;
    }

    /// <summary>One delay a retry; the last one serves for all further ones.</summary>
    public RetryDelay(IEnumerable<double> seconds, bool isWhole = false)
    {
        this.seconds = [.. seconds];
        IsList = true;
        IsWhole = isWhole;
    }

    public bool IsList { get; }

    /// <summary>Written without fractions, as it was given.</summary>
    public bool IsWhole { get; }

    public IReadOnlyList<double> Seconds => seconds;

    /// <summary>The number zero or the empty list: as good as none.</summary>
    public bool IsZero => IsList ? seconds.Length == 0 : seconds[0] == 0;

    /// <summary>The delay after the <paramref name="runCount"/>th execution failed.</summary>
    public double After(int runCount) =>
        seconds.Length == 0 ? 0 : seconds[Math.Clamp(runCount - 1, 0, seconds.Length - 1)];

    public bool Equals(RetryDelay? other) =>
        other is not null && IsList == other.IsList && seconds.AsSpan().SequenceEqual(other.seconds);

    public override bool Equals(object? obj) => Equals(obj as RetryDelay);

    public override int GetHashCode() => HashCode.Combine(IsList, seconds.Length, seconds.Length == 0 ? 0 : seconds[0]);
}
