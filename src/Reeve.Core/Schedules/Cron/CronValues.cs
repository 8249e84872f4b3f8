using System.Numerics;

namespace Reeve.Core.Schedules.Cron;

/// <summary>The values one position of a cron expression allows, counted from the position's smallest value.</summary>
internal sealed class CronValues
{
    private readonly ulong[] _bits = new ulong[3];

    /// <summary>Everything is allowed; the single values no longer matter.</summary>
    public bool Any { get; set; }

    /// <summary>The last day of the month is allowed (day of month only).</summary>
    public bool LastDay { get; set; }

    /// <summary>How many different values were written, the star and the last day counting one each.</summary>
    public int Count =>
        BitOperations.PopCount(_bits[0]) + BitOperations.PopCount(_bits[1]) + BitOperations.PopCount(_bits[2]) + (Any ? 1 : 0) + (LastDay ? 1 : 0);

    public void Add(int index) => _bits[index >> 6] |= 1UL << (index & 63);

    /// <summary>Forgets the single values: everything is allowed.</summary>
    public void Collapse()
    {
        Array.Clear(_bits);
        LastDay = false;
        Any = true;
    }

    public bool Contains(int index) => (_bits[index >> 6] & (1UL << (index & 63))) != 0;

    /// <summary>The smallest allowed value, or -1.</summary>
    public int First() => AtOrAfter(0);

    /// <summary>The smallest allowed value that is not below the index, or -1.</summary>
    public int AtOrAfter(int index)
    {
        int word = index >> 6;
        if (word >= _bits.Length)
            return -1;

        ulong bits = _bits[word] & (ulong.MaxValue << (index & 63));
        while (bits == 0)
        {
            if (++word == _bits.Length)
                return -1;
            bits = _bits[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }
}
