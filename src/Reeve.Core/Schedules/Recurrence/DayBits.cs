using System.Numerics;

namespace Reeve.Core.Schedules.Recurrence;

/// <summary>One bit for each day of a year, and for the seven days after it.</summary>
internal sealed class DayBits
{
    private readonly ulong[] _words = new ulong[6];

    public void Set(int day) => _words[day >> 6] |= 1UL << (day & 63);

    public bool Has(int day) => (_words[day >> 6] & (1UL << (day & 63))) != 0;

    public void And(DayBits other)
    {
        for (int i = 0; i < _words.Length; i++)
            _words[i] &= other._words[i];
    }

    /// <summary>The first set day in [from, until), or -1.</summary>
    public int Next(int from, int until)
    {
        if (from >= until)
            return -1;

        int word = from >> 6;
        ulong bits = _words[word] & (ulong.MaxValue << (from & 63));
        while (bits == 0)
        {
            if (++word == _words.Length)
                return -1;
            bits = _words[word];
        }

        int day = (word << 6) + BitOperations.TrailingZeroCount(bits);
        return day < until ? day : -1;
    }

    /// <summary>How many days are set in [from, until).</summary>
    public int Count(int from, int until)
    {
        int count = 0;
        for (int day = Next(from, until); day >= 0; day = Next(day + 1, until))
            count++;
        return count;
    }
}
