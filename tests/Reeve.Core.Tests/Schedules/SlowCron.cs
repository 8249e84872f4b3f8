namespace Reeve.Core.Tests.Schedules;

/// <summary>A random cron expression of plain values, matched minute by minute.</summary>
internal sealed class SlowCron
{
    private readonly List<int>?[] _fields = new List<int>?[5];

    public bool DayOr { get; private init; }

    public static SlowCron Draw(Random random)
    {
        (int Min, int Max)[] ranges = [(0, 59), (0, 23), (1, 28), (1, 12), (0, 6)];
        var cron = new SlowCron { DayOr = random.Next(2) == 0 };
        for (int i = 0; i < 5; i++)
        {
            if (random.Next(i < 2 ? 4 : 2) == 0)
                continue;
            cron._fields[i] = [];
            for (int count = random.Next(1, 6); count > 0; count--)
                cron._fields[i]!.Add(random.Next(ranges[i].Min, ranges[i].Max + 1));
        }

        return cron;
    }

    public string Text() => string.Join(' ', _fields.Select(field => field is null ? "*" : string.Join(',', field)));

    public IEnumerable<DateTime> Walk(DateTime from, DateTime horizon)
    {
        for (var at = new DateTime(from.Ticks - (from.Ticks % TimeSpan.TicksPerMinute)); at <= horizon; at = at.AddMinutes(1))
        {
            if (at >= from && Has(0, at.Minute) && Has(1, at.Hour) && Has(3, at.Month) && HasDay(at))
                yield return at;
        }
    }

    private bool HasDay(DateTime at)
    {
        bool day = Has(2, at.Day);
        bool weekday = Has(4, (int)at.DayOfWeek);
        return DayOr && _fields[2] is not null && _fields[4] is not null ? day || weekday : day && weekday;
    }

    private bool Has(int field, int value) => _fields[field] is not { } values || values.Contains(value);
}
