using System.Globalization;

namespace Reeve.Settings.Values;

/// <summary>The limits column of the catalogue.</summary>
internal static class SettingLimits
{
    public static bool Allows(SettingDefinition definition, object? value)
    {
        if (definition.Limits.Length == 0 || value is null) return true;
        foreach (var limit in definition.Limits.Split(' '))
        {
            var allowed = value switch
            {
                long number => Holds(limit, number),
                double number => Holds(limit, number),
                TimeSpan duration => Holds(limit, duration.TotalSeconds),
                string text => Holds(limit[3..], text.Length),
                IReadOnlyList<long> numbers => numbers.All(number => Holds(limit, number)),
                _ => true,
            };
            if (!allowed) return false;
        }

        return true;
    }

    public static string Describe(SettingDefinition definition)
    {
        var parts = definition.Limits.Split(' ').Select(limit => limit.StartsWith("len>=", StringComparison.Ordinal)
            ? $"of at least {limit[5..]} characters"
            : limit.Replace(">=", "at least ").Replace("<=", "at most ").Replace(">", "greater than ").Replace("<", "less than "));
        return string.Join(" and ", parts);
    }

    private static bool Holds(string limit, double number)
    {
        var strict = limit[1] != '=';
        var bound = Bound(limit[(strict ? 1 : 2)..]);
        return limit[0] == '>'
            ? strict ? number > bound : number >= bound
            : strict ? number < bound : number <= bound;
    }

    private static double Bound(string text) =>
        text.StartsWith('P') && DurationText.TryParse(text, out var duration)
            ? duration.TotalSeconds
            : double.Parse(text, CultureInfo.InvariantCulture);
}
