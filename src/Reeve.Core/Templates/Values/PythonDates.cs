using System.Globalization;
using System.Text;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>Dates, times and durations as Python prints them.</summary>
internal static class PythonDates
{
    private static readonly CultureInfo C = CultureInfo.InvariantCulture;

    /// <summary>Wraps a value whose Python text differs from .NET's, also inside lists and dicts.</summary>
    public static object? Printable(object? value) => value switch
    {
        DateTimeOffset or DateOnly or TimeSpan or Guid => new Printed(value),
        List<object?> list when NeedsCare(list) => list.ConvertAll(Printable),
        PythonTuple tuple when NeedsCare(tuple.Items) => new PythonTuple(tuple.Items.Select(Printable).ToList()),
        DictView view when NeedsCare(view.Items) => new DictView(view.Items.Select(Printable).ToList(), view.Kind),
        PythonDict dict when NeedsCare(dict.Values) => dict.Select(pair => KeyValuePair.Create(pair.Key, Printable(pair.Value))).ToList().AsEnumerable(),
        _ => value,
    };

    private static bool NeedsCare(IEnumerable<object?> items) =>
        items.Any(item => item is DateTimeOffset or DateOnly or TimeSpan or Guid or List<object?> or PythonTuple or PythonDict);

    public static string Iso(DateTimeOffset value, string separator, bool zone = true)
    {
        var micro = value.Ticks % TimeSpan.TicksPerSecond / 10;
        return value.ToString("yyyy-MM-dd", C) + separator + value.ToString("HH:mm:ss", C)
            + (micro == 0 ? "" : "." + micro.ToString("000000", C)) + (zone ? Offset(value.Offset, ":") : "");
    }

    public static string Offset(TimeSpan offset, string colon) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh", C) + colon + offset.ToString("mm", C);

    public static string Span(TimeSpan value)
    {
        var (days, seconds, micro) = Parts(value);
        var text = days == 0 ? "" : string.Create(C, $"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, ");
        text += string.Create(C, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
        return micro == 0 ? text : text + "." + micro.ToString("000000", C);
    }

    /// <summary>Days (negative for negative durations), then seconds and microseconds that are never negative.</summary>
    public static (long Days, long Seconds, long Micro) Parts(TimeSpan value)
    {
        var micro = Math.DivRem(value.Ticks, 10).Quotient;
        var days = (long)Math.Floor(micro / 86_400_000_000.0);
        var rest = micro - (days * 86_400_000_000);
        return (days, rest / 1_000_000, rest % 1_000_000);
    }

    private sealed class Printed(object value) : IPythonObject
    {
        public string Repr()
        {
            switch (value)
            {
                case DateTimeOffset d:
                    var micro = d.Ticks % TimeSpan.TicksPerSecond / 10;
                    var second = d.Second != 0 || micro != 0 ? ", " + d.Second.ToString(C) : "";
                    var zone = d.Offset == TimeSpan.Zero ? "datetime.timezone.utc" : $"datetime.timezone({new Printed(d.Offset).Repr()})";
                    return string.Create(C, $"datetime.datetime({d.Year}, {d.Month}, {d.Day}, {d.Hour}, {d.Minute}{second}{(micro != 0 ? ", " + micro.ToString(C) : "")}, tzinfo={zone})");
                case DateOnly d:
                    return string.Create(C, $"datetime.date({d.Year}, {d.Month}, {d.Day})");
                case Guid g:
                    return $"UUID('{g}')";
                default:
                    var (days, seconds, micros) = Parts((TimeSpan)value);
                    var parts = new List<string>();
                    if (days != 0)
                        parts.Add("days=" + days.ToString(C));
                    if (seconds != 0)
                        parts.Add("seconds=" + seconds.ToString(C));
                    if (micros != 0)
                        parts.Add("microseconds=" + micros.ToString(C));
                    return $"datetime.timedelta({(parts.Count == 0 ? "0" : string.Join(", ", parts))})";
            }
        }

        public string Str() => value switch
        {
            DateTimeOffset d => Iso(d, " "),
            DateOnly d => d.ToString("yyyy-MM-dd", C),
            TimeSpan t => Span(t),
            _ => value.ToString()!,
        };
    }

    public static string Format(DateTimeOffset value, string format, bool isDate)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 >= format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            var code = format[++i];
            var plain = code is '-' && i + 1 < format.Length;
            if (plain)
                code = format[++i];
            var part = Part(value, code, isDate);
            text.Append(part is null ? "%" + code : plain && part.Length > 1 ? part.TrimStart('0', ' ') is { Length: > 0 } trimmed ? trimmed : "0" : part);
        }

        return Operations.Bounded(text.ToString());
    }

    private static string? Part(DateTimeOffset value, char code, bool isDate) => code switch
    {
        'Y' => value.Year.ToString("0000", C),
        'm' => value.ToString("MM", C),
        'd' => value.ToString("dd", C),
        'H' => value.ToString("HH", C),
        'M' => value.ToString("mm", C),
        'S' => value.ToString("ss", C),
        'f' => (value.Ticks % TimeSpan.TicksPerSecond / 10).ToString("000000", C),
        'p' => value.Hour < 12 ? "AM" : "PM",
        'P' => value.Hour < 12 ? "am" : "pm",
        'I' => value.ToString("hh", C),
        'l' => value.ToString("%h", C).PadLeft(2),
        'k' => value.ToString("%H", C).PadLeft(2),
        'j' => value.DayOfYear.ToString("000", C),
        'a' => value.ToString("ddd", C),
        'A' => value.ToString("dddd", C),
        'b' or 'h' => value.ToString("MMM", C),
        'B' => value.ToString("MMMM", C),
        'y' => value.ToString("yy", C),
        'C' => (value.Year / 100).ToString("00", C),
        'e' => value.Day.ToString(C).PadLeft(2),
        'z' => isDate ? "" : Offset(value.Offset, ""),
        'Z' => isDate ? "" : value.Offset == TimeSpan.Zero ? "UTC" : "UTC" + Offset(value.Offset, ":"),
        'F' => value.ToString("yyyy-MM-dd", C),
        'T' or 'X' => value.ToString("HH:mm:ss", C),
        'D' or 'x' => value.ToString("MM/dd/yy", C),
        'R' => value.ToString("HH:mm", C),
        'r' => value.ToString("hh:mm:ss tt", C),
        'c' => value.ToString("ddd MMM ", C) + value.Day.ToString(C).PadLeft(2) + value.ToString(" HH:mm:ss yyyy", C),
        's' => value.ToUnixTimeSeconds().ToString(C),
        'u' => (value.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)value.DayOfWeek).ToString(C),
        'w' => ((int)value.DayOfWeek).ToString(C),
        'U' => ((value.DayOfYear + 6 - (int)value.DayOfWeek) / 7).ToString("00", C),
        'W' => ((value.DayOfYear + 6 - (((int)value.DayOfWeek + 6) % 7)) / 7).ToString("00", C),
        'V' => ISOWeek.GetWeekOfYear(value.DateTime).ToString("00", C),
        'G' => ISOWeek.GetYear(value.DateTime).ToString("0000", C),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => null,
    };
}
