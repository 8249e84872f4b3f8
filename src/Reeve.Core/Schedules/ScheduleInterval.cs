using Reeve.Core.Schedules.Intervals;

namespace Reeve.Core.Schedules;

/// <summary>
/// The distance between the instants of an interval schedule: either a fixed time, whose whole days follow the local calendar,
/// or an ISO 8601 duration with calendar units. Always positive, to the microsecond.
/// </summary>
public sealed record ScheduleInterval
{
    private ScheduleInterval(int months, int weeks, int days, TimeSpan time, bool isCalendar)
    {
        Months = months;
        Weeks = weeks;
        Days = days;
        Time = time;
        IsCalendar = isCalendar;
    }

    /// <summary>Months, years included at twelve each; zero unless <see cref="IsCalendar"/>.</summary>
    public int Months { get; }

    /// <summary>Weeks; zero unless <see cref="IsCalendar"/>.</summary>
    public int Weeks { get; }

    /// <summary>Days on the local calendar; of a fixed time, its whole days.</summary>
    public int Days { get; }

    /// <summary>The part that is elapsed time.</summary>
    public TimeSpan Time { get; }

    /// <summary>Whether it was written as an ISO 8601 duration.</summary>
    public bool IsCalendar { get; }

    // Years and weeks count nothing here, nor do months more than thirty days: the phase of existing schedules hangs on it.
    internal long JumpTicks { get; private init; }

    /// <summary>A fixed time.</summary>
    /// <exception cref="ScheduleFormatException">It is not positive (below one microsecond counts as zero).</exception>
    public static ScheduleInterval FromTimeSpan(TimeSpan interval)
    {
        long ticks = interval.Ticks - (interval.Ticks % TimeSpan.TicksPerMicrosecond);
        if (ticks <= 0)
            throw NotPositive();
        return new ScheduleInterval(0, 0, (int)(ticks / TimeSpan.TicksPerDay), new TimeSpan(ticks % TimeSpan.TicksPerDay), isCalendar: false) { JumpTicks = ticks };
    }

    /// <summary>A number of seconds, as JSON carries it.</summary>
    /// <exception cref="ScheduleFormatException">It is not positive, not finite or longer than any calendar.</exception>
    public static ScheduleInterval FromSeconds(double seconds)
    {
        double microseconds = Math.Round(seconds * 1e6, MidpointRounding.ToEven);
        if (double.IsNaN(microseconds) || microseconds >= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond)
            throw TooLong();
        return microseconds < 1 ? throw NotPositive() : FromTimeSpan(new TimeSpan((long)microseconds * TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>Text: ISO 8601 (<c>PT48H</c>, <c>P1M</c>), a clock (<c>01:30:00</c>), or days with an optional clock (<c>1 day, 02:00:00</c>).</summary>
    /// <exception cref="ScheduleFormatException">It is none of these, or not positive.</exception>
    public static ScheduleInterval Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IntervalText.TryIso(text, out int years, out int months, out int weeks, out int days, out long ticks, out bool negative))
        {
            if (negative || ((years | months | weeks | days) == 0 && ticks == 0))
                throw NotPositive();
            long jump = (((months * 30L) + days) * TimeSpan.TicksPerDay) + ticks;
            return new ScheduleInterval((years * 12) + months, weeks, days, new TimeSpan(ticks), isCalendar: true) { JumpTicks = jump };
        }

        if (IntervalText.TryClock(text, out ticks))
            return FromTimeSpan(new TimeSpan(ticks));

        throw new ScheduleFormatException(
            "interval",
            "Input should be a valid timedelta",
            $"\"{text}\" is neither a number of seconds, an ISO 8601 duration such as PT1H, nor a clock such as 01:30:00.",
            "time_delta_parsing");
    }

    private static ScheduleFormatException NotPositive() =>
        new("interval", "interval must be positive", "Give at least one microsecond.");

    private static ScheduleFormatException TooLong() =>
        new("interval", "Input should be a valid timedelta, durations may not exceed 999,999,999 days", "Give fewer days.", "time_delta_parsing");
}
