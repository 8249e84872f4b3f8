using System.Globalization;

namespace Reeve.Core.Templates.Values;

/// <summary>Attributes and methods of datetimes, dates and timedeltas.</summary>
internal static class DateMethods
{
    public static object? Get(object owner, string name) => owner switch
    {
        TimeSpan span => Span(span, name),
        DateOnly day => Date(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), name, isDate: true),
        _ => Date((DateTimeOffset)owner, name, isDate: false),
    };

    private static object? Span(TimeSpan span, string name)
    {
        var (days, seconds, micro) = PythonDates.Parts(span);
        return name switch
        {
            "days" => days,
            "seconds" => seconds,
            "microseconds" => micro,
            "total_seconds" => new Function(name, _ => span.Ticks / 10 / 1e6),
            _ => Arguments.Absent,
        };
    }

    private static object? Date(DateTimeOffset value, string name, bool isDate)
    {
        switch (name)
        {
            case "year": return (long)value.Year;
            case "month": return (long)value.Month;
            case "day": return (long)value.Day;
            case "strftime":
                return new Function(name, arguments => PythonDates.Format(value, Operations.Text(arguments.Bind(name, 1, "format")[0]), isDate));
            case "weekday": return new Function(name, _ => (long)(((int)value.DayOfWeek + 6) % 7));
            case "isoweekday": return new Function(name, _ => (long)(((int)value.DayOfWeek + 6) % 7) + 1);
            case "isoformat" when isDate: return new Function(name, _ => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            default: return isDate ? Arguments.Absent : DateTime(value, name);
        }
    }

    private static object? DateTime(DateTimeOffset value, string name) => name switch
    {
        "hour" => (long)value.Hour,
        "minute" => (long)value.Minute,
        "second" => (long)value.Second,
        "microsecond" => value.Ticks % TimeSpan.TicksPerSecond / 10,
        "tzinfo" => value.Offset == TimeSpan.Zero ? "UTC" : "UTC" + PythonDates.Offset(value.Offset, ":"),
        "isoformat" => new Function(name, arguments => PythonDates.Iso(value, Operations.Text(Arguments.Or(arguments.Bind(name, 0, "sep")[0], "T")))),
        "timestamp" => new Function(name, _ => (value.UtcTicks - System.DateTime.UnixEpoch.Ticks) / 10 / 1e6),
        "date" => new Function(name, _ => DateOnly.FromDateTime(value.DateTime)),
        "time" => new Function(name, _ => PythonDates.Iso(value, " ", zone: false).Split(' ')[1]),
        "utcoffset" => new Function(name, _ => value.Offset),
        "tzname" => new Function(name, _ => value.Offset == TimeSpan.Zero ? "UTC" : "UTC" + PythonDates.Offset(value.Offset, ":")),
        "ctime" => new Function(name, _ => PythonDates.Format(value, "%c", isDate: false)),
        _ => Arguments.Absent,
    };
}
