namespace Reeve.Core.Schedules.Cron;

/// <summary>What may stand in one position of a cron expression.</summary>
internal sealed class CronFieldRange
{
    private static readonly string[] MonthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] WeekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly CronFieldRange[] All =
    [
        new(0, 59, []),
        new(0, 23, []),
        new(1, 31, []),
        new(1, 12, MonthNames),
        new(0, 6, WeekdayNames),
        new(0, 59, []),
        new(1970, 2099, []),
    ];

    private readonly string[] _names;

    private CronFieldRange(int min, int max, string[] names) => (Min, Max, _names) = (min, max, names);

    public int Min { get; }

    public int Max { get; }

    public int Size => Max - Min + 1;

    public static CronFieldRange Of(CronField field) => All[(int)field];

    /// <summary>The value a three-letter name stands for.</summary>
    public bool TryName(ReadOnlySpan<char> name, out int value)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                value = Min + i;
                return true;
            }
        }

        value = 0;
        return false;
    }
}
