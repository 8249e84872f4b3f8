using Reeve.Core.Schedules.Zones;

namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Reads a recurrence text of one or more properties.</summary>
internal static class RecurrenceParser
{
    /// <summary>Wall seconds of the anchor a rule without DTSTART has: 2020-01-01T00:00:00.</summary>
    public static readonly long DefaultAnchor = new DateTime(2020, 1, 1).Ticks / TimeSpan.TicksPerSecond;

    /// <summary>Reads the text.</summary>
    /// <exception cref="RecurrenceSyntaxException">It is no recurrence.</exception>
    public static RecurrenceSet Parse(string text)
    {
        string upper = text.ToUpperInvariant();
        string[] lines = upper.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
            throw new RecurrenceSyntaxException("empty string");

        if (lines.Length == 1 && (!upper.Contains(':') || upper.StartsWith("RRULE:", StringComparison.Ordinal)))
            return new RecurrenceSet(RuleBuilder.Build(RulePartReader.Read(lines[0]), null));

        return ReadProperties(text, lines);
    }

    private static RecurrenceSet ReadProperties(string text, string[] lines)
    {
        RecurrenceDate? start = null;
        var rules = new List<string>();
        var excludedRules = new List<string>();
        var dates = new List<long>();
        var excludedDates = new List<long>();
        bool isSet = false;
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':');
            string value = line[(colon + 1)..];
            string[] name = (colon < 0 ? "RRULE" : line[..colon]).Split(';');
            switch (name[0])
            {
                case "RRULE":
                    RefuseParameters(name, null);
                    rules.Add(value);
                    break;
                case "EXRULE":
                    RefuseParameters(name, null);
                    excludedRules.Add(value);
                    isSet = true;
                    break;
                case "RDATE":
                    RefuseParameters(name, "VALUE=DATE-TIME");
                    foreach (string date in value.Split(','))
                        dates.Add(ReadDate(date).WallSeconds);
                    isSet = true;
                    break;
                case "EXDATE":
                    foreach (var date in ReadDates(text, value, name))
                        excludedDates.Add(date.WallSeconds);
                    isSet = true;
                    break;
                case "DTSTART":
                    var starts = ReadDates(text, value, name);
                    if (starts.Length != 1)
                        throw new RecurrenceSyntaxException($"Multiple DTSTART values specified:{value}");
                    start = starts[0];
                    break;
                default:
                    throw new RecurrenceSyntaxException($"unsupported property: {name[0]}");
            }
        }

        if (rules.Count == 0 && !isSet)
            throw new RecurrenceSyntaxException("DTSTART alone recurs never; add a line RRULE:FREQ=...");
        return new RecurrenceSet(Build(rules, start), Build(excludedRules, start), dates, excludedDates, isSet || rules.Count > 1);
    }

    private static RecurrenceRule[] Build(List<string> lines, RecurrenceDate? start)
    {
        var rules = new RecurrenceRule[lines.Count];
        for (int i = 0; i < rules.Length; i++)
            rules[i] = RuleBuilder.Build(RulePartReader.Read(lines[i]), start);
        return rules;
    }

    private static void RefuseParameters(string[] name, string? allowed)
    {
        foreach (string parameter in name.AsSpan(1))
        {
            if (parameter != allowed)
                throw new RecurrenceSyntaxException($"unsupported {name[0]} parm: {parameter}");
        }
    }

    private static RecurrenceDate[] ReadDates(string text, string value, string[] name)
    {
        bool valueSeen = false;
        bool zoned = false;
        foreach (string parameter in name.AsSpan(1))
        {
            if (parameter.StartsWith("TZID=", StringComparison.Ordinal))
            {
                zoned |= ScheduleZone.Exists(InOriginalCase(text, parameter["TZID=".Length..]));
                continue;
            }

            if (parameter is not ("VALUE=DATE-TIME" or "VALUE=DATE"))
                throw new RecurrenceSyntaxException($"unsupported parm: {parameter}");
            if (valueSeen)
                throw new RecurrenceSyntaxException($"Duplicate value parameter found in: {parameter}");
            valueSeen = true;
        }

        string[] items = value.Split(',');
        var dates = new RecurrenceDate[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            dates[i] = ReadDate(items[i]);
            if (zoned && dates[i].HasOffset)
                throw new RecurrenceSyntaxException("DTSTART/EXDATE specifies multiple timezone");
            if (zoned)
                dates[i] = dates[i] with { HasOffset = true };
        }

        return dates;
    }

    private static string InOriginalCase(string text, string name)
    {
        int at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? name : text.Substring(at, name.Length);
    }

    private static RecurrenceDate ReadDate(string text) => RecurrenceDate.TryParse(text, out var date)
        ? date
        : throw new RecurrenceSyntaxException($"Unknown string format: {text}");
}
