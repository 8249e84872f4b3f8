using System.Numerics;

namespace Reeve.Core.Python;

/// <summary>Python's view of numbers: exact comparison of integers of any size with floats.</summary>
public static class PythonNumber
{
    /// <summary>True for integers and floats; a bool is not a number here.</summary>
    public static bool IsNumber(object? value) => value is long or double or BigInteger;

    /// <summary>The integer in its smallest form: <see cref="long"/> where it fits, else <see cref="BigInteger"/>.</summary>
    public static object Normalize(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    public static BigInteger ToBig(object value) => value switch
    {
        long l => l,
        BigInteger b => b,
        bool t => t ? 1 : 0,
        double d => new BigInteger(d),
        _ => throw new ArgumentException("The value is not a number.", nameof(value)),
    };

    public static double ToDouble(object value) => value switch
    {
        double d => d,
        long l => l,
        BigInteger b => (double)b,
        bool t => t ? 1 : 0,
        _ => throw new ArgumentException("The value is not a number.", nameof(value)),
    };

    /// <summary>Negative, zero or positive as <paramref name="left"/> is below, equal to or above <paramref name="right"/>; null when either is NaN.</summary>
    public static int? Compare(object left, object right)
    {
        if (left is long a && right is long b)
            return a.CompareTo(b);
        if (left is double x && right is double y)
            return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
        if (left is double f)
            return -CompareExact(ToBig(right), f);
        if (right is double g)
            return CompareExact(ToBig(left), g);
        return ToBig(left).CompareTo(ToBig(right));
    }

    private static int? CompareExact(BigInteger whole, double real)
    {
        if (double.IsNaN(real))
            return null;
        if (double.IsInfinity(real))
            return real > 0 ? -1 : 1;
        var floor = Math.Floor(real);
        var order = whole.CompareTo(new BigInteger(floor));
        return order != 0 ? order : (floor < real ? -1 : 0);
    }
}
