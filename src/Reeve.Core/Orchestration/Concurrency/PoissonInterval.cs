namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>Waiting times drawn from an exponential distribution whose tails are cut so that the median stays.</summary>
public static class PoissonInterval
{
    /// <summary>The usual spread.</summary>
    public const double DefaultFactor = 0.3;

    /// <summary>The shortest interval that can be drawn.</summary>
    public static double Lower(double average, double factor = DefaultFactor)
    {
        var k = 1 + factor;
        if (k >= 50)
        {
            return 0;
        }

        var power = Math.Pow(2, k);
        return Math.Max(0, average * Math.Log2(Math.Max(power / (power - 1), 1e-10)));
    }

    /// <summary>The longest interval that can be drawn.</summary>
    public static double Upper(double average, double factor = DefaultFactor) => average * (1 + factor);

    /// <summary>An interval in the unit of <paramref name="average"/>.</summary>
    /// <param name="average">Above 0.</param>
    /// <param name="factor">Above 0: the longest interval is 1 + factor times the average.</param>
    /// <param name="uniform">A draw from [0, 1).</param>
    public static double Draw(double average, double factor, double uniform)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(average);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        var lower = Lower(average, factor);
        var upper = Upper(average, factor);
        var low = 1 - Math.Exp(-lower / average);
        var high = 1 - Math.Exp(-upper / average);
        var drawn = low + (uniform * (high - low));
        return Math.Clamp(-Math.Log(Math.Max(1 - drawn, 1e-10)) * average, lower, upper);
    }
}
