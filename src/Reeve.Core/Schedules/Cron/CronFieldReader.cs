namespace Reeve.Core.Schedules.Cron;

/// <summary>Reads one field of a cron expression into the expression's allowed values.</summary>
internal readonly ref struct CronFieldReader(CronExpression expression, CronField field, int fieldCount)
{
    private readonly CronFieldRange _range = CronFieldRange.Of(field);
    private readonly CronValues _values = expression.Values(field);

    public void Read(string text)
    {
        if (text.Contains('?'))
        {
            if (text != "?" || field is not (CronField.Day or CronField.Weekday))
                throw new CronSyntaxException("A question mark stands alone, and only as day of month or weekday");
            text = "*";
        }

        foreach (var item in text.AsSpan().Split(','))
            ReadItem(text.AsSpan(item));
    }

    private void ReadItem(ReadOnlySpan<char> item)
    {
        int ordinal = 0;
        if (field == CronField.Weekday)
            item = TakeOrdinal(item, out ordinal);

        if (item is "*")
        {
            _values.Any = true;
            return;
        }

        int slash = item.IndexOf('/');
        int step = 1;
        var span = item;
        if (slash >= 0)
        {
            if (!CronParser.TryNumber(item[(slash + 1)..], out step) || step == 0)
                throw Fault(item, "a step is a number above zero");
            span = item[..slash];
        }

        int dash = span.IndexOf('-');
        if (dash >= 0)
            AddRange(item, Bound(item, span[..dash], upper: false), Bound(item, span[(dash + 1)..], upper: true), step, ordinal);
        else if (slash < 0)
            Add(item, field == CronField.Day && item is "l" ? LastDay : Bound(item, item, upper: false), ordinal);
        else if (span is "*")
            AddRange(item, _range.Min, _range.Max, step, ordinal);
        else
            AddRange(item, Bound(item, span, upper: false), Alias(_range.Max), step, ordinal);
    }

    private const int LastDay = -1;

    // "5#2", "mon-wed#2": the nth such weekday; "l5": the last one.
    private static ReadOnlySpan<char> TakeOrdinal(ReadOnlySpan<char> item, out int ordinal)
    {
        ordinal = 0;
        if (item.Length > 1 && item[0] == 'l' && CronParser.TryNumber(item[1..], out _))
        {
            ordinal = CronExpression.LastOrdinal;
            return item[1..];
        }

        int hash = item.IndexOf('#');
        if (hash < 0)
            return item;

        var core = item[..hash];
        if (!CronParser.TryNumber(item[(hash + 1)..], out ordinal) || ordinal is < 1 or > 5)
            throw Fault(item, "after # stands a number from 1 to 5");
        int dash = core.IndexOf('-');
        if (core.ContainsAny('/', '*') || (dash >= 0 && !(IsName(core[..dash]) && IsName(core[(dash + 1)..]))))
            throw Fault(item, "before # stands one weekday, or two weekday names with a dash");
        return core;
    }

    private static bool IsName(ReadOnlySpan<char> text) => CronFieldRange.Of(CronField.Weekday).TryName(text, out _);

    private int Bound(ReadOnlySpan<char> item, ReadOnlySpan<char> text, bool upper)
    {
        if (upper && field == CronField.Day && text is "l")
            return _range.Max;
        if (CronParser.TryNumber(text, out int value) || _range.TryName(text, out value))
            return Alias(value);
        throw Fault(item, "it is neither a number nor a three-letter name that fits there");
    }

    // Sunday may be 7 only in the classic form; the first of the month may be 0 only in the form with seconds.
    private int Alias(int value) => (field, value, fieldCount) switch
    {
        (CronField.Weekday, 7, 5) => 0,
        (CronField.Day, 0, 6) => 1,
        _ => value,
    };

    private void AddRange(ReadOnlySpan<char> item, int low, int high, int step, int ordinal)
    {
        if (Math.Max(low, high) > _range.Max)
            throw OutOfRange(item);

        if (low == high)
        {
            // The dialect reads a range of one value as the whole circle.
            AddSteps(item, _range.Min, _range.Max, step, ordinal);
            return;
        }

        if (low < high)
        {
            AddSteps(item, low, high, step, ordinal);
            return;
        }

        int last = AddSteps(item, low, _range.Max, step, ordinal);
        int rest = _range.Max - last;
        int skip = last - _range.Min + step > _range.Size && rest < step ? step - rest : 0;
        AddSteps(item, _range.Min + skip, high, step, ordinal);
    }

    private int AddSteps(ReadOnlySpan<char> item, int from, int to, int step, int ordinal)
    {
        int last = from;
        for (int value = from; value <= to; value += step)
        {
            Add(item, value, ordinal);
            last = value;
        }

        return last;
    }

    private void Add(ReadOnlySpan<char> item, int value, int ordinal)
    {
        if (value == LastDay)
        {
            _values.LastDay = true;
            return;
        }

        if (value < _range.Min || value > _range.Max)
            throw OutOfRange(item);

        _values.Add(value - _range.Min);
        if (ordinal != 0)
            expression.Ordinals[value] |= (byte)(1 << ordinal);
    }

    private CronSyntaxException OutOfRange(ReadOnlySpan<char> item) =>
        Fault(item, $"values go from {_range.Min} to {_range.Max}");

    private static CronSyntaxException Fault(ReadOnlySpan<char> item, string why) => new($"\"{item}\": {why}");
}
