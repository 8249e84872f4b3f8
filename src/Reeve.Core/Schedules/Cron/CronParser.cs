using System.Globalization;

namespace Reeve.Core.Schedules.Cron;

/// <summary>Reads the croniter dialect: five fields, a sixth for seconds, a seventh for years.</summary>
internal static class CronParser
{
    /// <summary>Reads an expression. Random forms draw from <paramref name="random"/>.</summary>
    /// <exception cref="CronSyntaxException">The text is no expression of the dialect.</exception>
    public static CronExpression Parse(string text, Random random)
    {
        string lower = text.ToLowerInvariant();
        string[] fields = Alias(lower) is { } alias ? alias.Split(' ') : lower.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is < 5 or > 7)
            throw new CronSyntaxException($"It has {fields.Length} fields; five (minute hour day month weekday), six (+ second) or seven (+ year) are needed");

        var expression = new CronExpression { HasSeconds = fields.Length > 5, HasYears = fields.Length > 6 };
        for (int i = 0; i < fields.Length; i++)
        {
            var field = (CronField)i;
            var reader = new CronFieldReader(expression, field, fields.Length);
            string expanded = fields[i];
            if (CronRandom.TryExpand(expanded, field, random, out string drawn))
            {
                expanded = drawn;
                expression.HasRandom = true;
            }

            reader.Read(expanded);
        }

        CollapseFullLists(expression, fields);
        RefuseMixedWeekdays(expression);
        return expression;
    }

    /// <summary>Reads digits of any script, as the dialect does.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        if (text.IsEmpty)
            return false;

        foreach (char c in text)
        {
            int digit = CharUnicodeInfo.GetDecimalDigitValue(c);
            if (digit < 0)
                return false;
            value = Math.Min((value * 10) + digit, 10_000_000);
        }

        return true;
    }

    private static string? Alias(string lower) => lower switch
    {
        "@hourly" => "0 * * * *",
        "@daily" or "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" or "@annually" => "0 0 1 1 *",
        _ => null,
    };

    // A list that names every value is a star, except where that would turn "day or weekday" into "day and weekday".
    private static void CollapseFullLists(CronExpression expression, string[] fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            var values = expression.Values((CronField)i);
            if (values.Count != CronFieldRange.Of((CronField)i).Size)
                continue;

            var other = (CronField)i switch
            {
                CronField.Day => CronField.Weekday,
                CronField.Weekday => CronField.Day,
                _ => (CronField?)null,
            };
            if (other is null || fields[(int)other].Contains('*'))
                values.Collapse();
        }
    }

    private static void RefuseMixedWeekdays(CronExpression expression)
    {
        var weekdays = expression.Values(CronField.Weekday);
        if (!expression.HasOrdinalWeekdays || weekdays.Count == 7)
            return;

        for (int day = 0; day < 7; day++)
        {
            if (weekdays.Contains(day) && expression.Ordinals[day] == 0)
                throw new CronSyntaxException("Plain weekdays and weekdays with # or L stand in one field; use one kind only");
        }
    }
}
