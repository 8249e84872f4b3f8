namespace Reeve.Core.Schedules.Cron;

/// <summary>The forms <c>R/s</c>, <c>R(a-b)</c> and <c>R(a-b)/s</c>, which draw a new value each time the schedule is evaluated.</summary>
internal static class CronRandom
{
    /// <summary>Replaces a random form by a plain one; false when the field holds none.</summary>
    /// <exception cref="CronSyntaxException">A hashed form, or bounds from which a value outside the field could be drawn.</exception>
    public static bool TryExpand(string text, CronField field, Random random, out string plain)
    {
        plain = text;
        if (text.Length == 0 || text[0] is not ('r' or 'h'))
            return false;

        var range = CronFieldRange.Of(field);
        int from = range.Min;
        int to = range.Max;
        int step = 0;
        var rest = text.AsSpan(1);
        bool bounded = rest.StartsWith('(');
        if (bounded)
        {
            int close = rest.IndexOf(')');
            int dash = rest.IndexOf('-');
            if (dash < 1 || close < dash || !CronParser.TryNumber(rest[1..dash], out from) || !CronParser.TryNumber(rest[(dash + 1)..close], out to))
                return false;
            rest = rest[(close + 1)..];
        }

        bool stepped = rest.StartsWith('/');
        if (stepped ? !CronParser.TryNumber(rest[1..], out step) : !rest.IsEmpty)
            return false;

        if (text[0] == 'h')
            throw new CronSyntaxException("Hashed values (H) are not supported; write the value itself");
        if (stepped && step == 0)
            throw new CronSyntaxException("A step is a number above zero");
        if (bounded && (from >= to || from < range.Min || to > range.Max))
            throw new CronSyntaxException($"The bounds in R(a-b) must rise and lie between {range.Min} and {range.Max}");

        plain = stepped
            ? $"{random.Next(from, Math.Min(from + step - 1, range.Max) + 1)}-{to}/{step}"
            : $"{random.Next(from, to + 1)}";
        return true;
    }
}
