using System.Collections.Frozen;
using NodaTime;

namespace Reeve.Core.Schedules.Zones;

/// <summary>Names of time zones and what they mean.</summary>
internal static class ScheduleZone
{
    // "Factory" is in the IANA list, means "nobody has set this clock", and runs on UTC; NodaTime leaves it out.
    private const string Factory = "Factory";

    private static readonly IDateTimeZoneProvider Provider = DateTimeZoneProviders.Tzdb;
    private static readonly FrozenSet<string> Names = Provider.Ids.Append(Factory).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the name stands in the IANA list, letter for letter.</summary>
    public static bool Exists(string name) => Names.Contains(name);

    /// <summary>Whether any IANA name occurs somewhere inside the text.</summary>
    public static bool OccursIn(string text)
    {
        if (Names.Contains(text))
            return true;

        foreach (string name in Names)
        {
            if (text.Contains(name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>The zone of a name; null and the empty text mean UTC, an unknown name gives null.</summary>
    public static DateTimeZone? Find(string? name)
    {
        if (string.IsNullOrEmpty(name) || name == Factory)
            return DateTimeZone.Utc;

        // The provider also knows made-up names such as UTC+05:30, which the contract does not.
        return Names.Contains(name) ? Provider.GetZoneOrNull(name) : null;
    }

    /// <summary>The zone of a schedule's <c>timezone</c>.</summary>
    /// <exception cref="ScheduleFormatException">The name is not in the IANA list.</exception>
    public static DateTimeZone Require(string? name) => Find(name) ?? throw new ScheduleFormatException(
        field: null,
        $"Invalid timezone: \"{name}\" (specify in IANA tzdata format, for example, America/New_York)",
        "Names are case-sensitive; leave the timezone out for UTC.");
}
