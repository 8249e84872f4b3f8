using System.Globalization;
using System.Text;

namespace Reeve.Core.Tests.Schedules;

/// <summary>A random recurrence rule that is walked period by period from its anchor, straight from the definition and slowly.</summary>
internal sealed class SlowRule
{
    private static readonly string[] Frequencies = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];
    private static readonly string[] Names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private int _frequency;
    private int _interval = 1;
    private int _weekStart;
    private int? _count;
    private DateTime? _until;
    private List<int>? _months, _monthDays, _yearDays, _weekNumbers, _hours, _minutes, _seconds, _positions;
    private List<(int Weekday, int Ordinal)>? _weekdays;

    public DateTime Anchor { get; private init; }

    /// <summary>How far it is worth walking.</summary>
    public TimeSpan Reach => _frequency switch
    {
        < 3 => TimeSpan.FromDays(600),
        3 => TimeSpan.FromDays(200),
        4 => TimeSpan.FromDays(20),
        5 => TimeSpan.FromDays(2),
        _ => TimeSpan.FromHours(2),
    };

    public static SlowRule Draw(Random random, DateTime anchor)
    {
        var rule = new SlowRule
        {
            _frequency = random.Next(7),
            _interval = random.Next(3) == 0 ? 1 : random.Next(1, 40),
            _weekStart = random.Next(7),
            Anchor = anchor,
        };
        rule._months = Maybe(random, 4, 1, 12);
        rule._monthDays = Maybe(random, 5, 1, 31, signed: true);
        rule._hours = Maybe(random, 4, 0, 23);
        rule._minutes = Maybe(random, 4, 0, 59);
        rule._seconds = Maybe(random, 5, 0, 59);
        rule._positions = Maybe(random, 6, 1, 8, signed: true);
        if (rule._frequency != 2)
        {
            rule._yearDays = Maybe(random, 12, 1, 365, signed: true);
            rule._weekNumbers = Maybe(random, 10, 1, 51);
        }

        if (random.Next(4) == 0)
        {
            // Plain and placed weekdays are not mixed: together they would have to hold both.
            bool placed = rule._frequency < 2 && random.Next(2) == 0;
            rule._weekdays = [];
            for (int i = random.Next(1, 4); i > 0; i--)
                rule._weekdays.Add((random.Next(7), placed ? random.Next(1, 5) * (random.Next(2) == 0 ? 1 : -1) : 0));
        }

        if (random.Next(6) == 0)
            rule._count = random.Next(1, 40);
        if (random.Next(8) == 0)
            rule._until = rule.Anchor.AddDays(random.Next(1, 2000));
        return rule;
    }

    /// <summary>The rule as text, with its DTSTART.</summary>
    public string Text()
    {
        var text = new StringBuilder(FormattableString.Invariant($"DTSTART:{Anchor:yyyyMMdd'T'HHmmss}\nRRULE:FREQ={Frequencies[_frequency]};INTERVAL={_interval};WKST={Names[_weekStart]}"));
        Append(text, "BYMONTH", _months);
        Append(text, "BYMONTHDAY", _monthDays);
        Append(text, "BYYEARDAY", _yearDays);
        Append(text, "BYWEEKNO", _weekNumbers);
        Append(text, "BYHOUR", _hours);
        Append(text, "BYMINUTE", _minutes);
        Append(text, "BYSECOND", _seconds);
        Append(text, "BYSETPOS", _positions);
        if (_weekdays is not null)
            text.Append(";BYDAY=").AppendJoin(',', _weekdays.Select(day => (day.Ordinal == 0 ? "" : day.Ordinal.ToString(CultureInfo.InvariantCulture)) + Names[day.Weekday]));
        if (_count is { } count)
            text.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        if (_until is { } until)
            text.Append(CultureInfo.InvariantCulture, $";UNTIL={until:yyyyMMdd'T'HHmmss}");
        return text.ToString();
    }

    /// <summary>All wall times up to the horizon.</summary>
    public IEnumerable<DateTime> Walk(DateTime horizon)
    {
        int left = _count ?? int.MaxValue;
        for (long step = 0; ; step++)
        {
            var (start, days) = Period(step * _interval);
            if (start > horizon)
                yield break;

            var passing = days.Where(Passes).ToList();
            if (passing.Count == 0)
                continue;

            var times = Times(start);
            var moments = passing.SelectMany(day => times.Select(time => day + time)).ToList();
            if (_positions is not null)
            {
                moments = [.. _positions.Select(at => at > 0 ? at - 1 : moments.Count + at).Where(at => at >= 0 && at < moments.Count)
                    .Distinct().Order().Select(at => moments[at])];
            }

            foreach (var moment in moments.Where(moment => moment >= Anchor))
            {
                if (moment > horizon || (_until is { } until && moment > until) || left-- == 0)
                    yield break;
                yield return moment;
            }
        }
    }

    private (DateTime Start, IEnumerable<DateTime> Days) Period(long steps)
    {
        var day = Anchor.Date;
        switch (_frequency)
        {
            case 0:
                var year = new DateTime(day.Year + (int)steps, 1, 1);
                return (year, Days(year, year.AddYears(1)));
            case 1:
                var month = new DateTime(day.Year, day.Month, 1).AddMonths((int)steps);
                return (month, Days(month, month.AddMonths(1)));
            case 2:
                var week = day.AddDays(-((Weekday(day) - _weekStart + 7) % 7)).AddDays(7 * steps);
                return (week, Days(steps == 0 ? day : week, week.AddDays(7)));
            case 3:
                return (day.AddDays(steps), [day.AddDays(steps)]);
            default:
                var unit = _frequency switch { 4 => TimeSpan.FromHours(1), 5 => TimeSpan.FromMinutes(1), _ => TimeSpan.FromSeconds(1) };
                var at = new DateTime(Anchor.Ticks - (Anchor.Ticks % unit.Ticks)) + (unit * steps);
                return (at, [at.Date]);
        }
    }

    private static IEnumerable<DateTime> Days(DateTime from, DateTime until)
    {
        for (var day = from; day < until; day = day.AddDays(1))
            yield return day;
    }

    private List<TimeSpan> Times(DateTime start)
    {
        var hours = Unit(4, _hours, start.Hour, Anchor.Hour);
        var minutes = Unit(5, _minutes, start.Minute, Anchor.Minute);
        var seconds = Unit(6, _seconds, start.Second, Anchor.Second);
        return [.. from hour in hours from minute in minutes from second in seconds select new TimeSpan(hour, minute, second)];
    }

    // A unit the rule steps in has the step's value, if that is allowed; a finer one takes all allowed values, or the anchor's.
    private IEnumerable<int> Unit(int frequency, List<int>? allowed, int current, int anchor)
    {
        if (_frequency >= frequency)
            return allowed is null || allowed.Contains(current) ? [current] : [];
        return allowed is null ? [anchor] : allowed.Distinct().Order();
    }

    private bool Passes(DateTime day)
    {
        int length = DateTime.IsLeapYear(day.Year) ? 366 : 365;
        bool open = _weekNumbers is null && _yearDays is null && _monthDays is null && _weekdays is null;
        var months = open && _frequency == 0 ? _months ?? [Anchor.Month] : _months;
        var monthDays = open && _frequency <= 1 ? [Anchor.Day] : _monthDays;
        var weekdays = open && _frequency == 2 ? [(Weekday(Anchor), 0)] : _weekdays;
        return (months is null || months.Contains(day.Month))
            && (monthDays is null || monthDays.Contains(day.Day) || monthDays.Contains(day.Day - DateTime.DaysInMonth(day.Year, day.Month) - 1))
            && (_yearDays is null || _yearDays.Contains(day.DayOfYear) || _yearDays.Contains(day.DayOfYear - length - 1))
            && (weekdays is null || weekdays.Any(wanted => wanted.Weekday == Weekday(day) && IsPlaced(day, wanted.Ordinal)))
            && (_weekNumbers is null || _weekNumbers.Contains(WeekNumber(day)));
    }

    private bool IsPlaced(DateTime day, int ordinal)
    {
        bool inMonth = _frequency == 1 || _months is not null;
        int index = inMonth ? day.Day : day.DayOfYear;
        int length = inMonth ? DateTime.DaysInMonth(day.Year, day.Month) : DateTime.IsLeapYear(day.Year) ? 366 : 365;
        return ordinal == 0 || (ordinal > 0 ? ((index - 1) / 7) + 1 == ordinal : -(((length - index) / 7) + 1) == ordinal);
    }

    // The week belongs to the year that has its fourth day.
    private int WeekNumber(DateTime day)
    {
        var fourth = day.AddDays(3 - ((Weekday(day) - _weekStart + 7) % 7));
        return ((fourth.DayOfYear - 1) / 7) + 1;
    }

    private static int Weekday(DateTime day) => ((int)day.DayOfWeek + 6) % 7;

    private static List<int>? Maybe(Random random, int oneIn, int min, int max, bool signed = false)
    {
        if (random.Next(oneIn) != 0)
            return null;
        var values = new List<int>();
        for (int i = random.Next(1, 5); i > 0; i--)
            values.Add(random.Next(min, max + 1) * (signed && random.Next(3) == 0 ? -1 : 1));
        return values;
    }

    private static void Append(StringBuilder text, string name, List<int>? values)
    {
        if (values is not null)
            text.Append(';').Append(name).Append('=').AppendJoin(',', values);
    }
}
