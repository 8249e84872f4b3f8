using System.Globalization;
using System.Numerics;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>What Python does with values: truth, equality, order, iteration.</summary>
internal static class Operations
{
    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        Markup => "Markup",
        List<object?> => "list",
        PythonTuple => "tuple",
        PythonDict => "dict",
        DateTimeOffset => "datetime.datetime",
        DateOnly => "datetime.date",
        TimeSpan => "datetime.timedelta",
        Guid => "UUID",
        Undefined => "ChainableUndefined",
        Generated => "generator",
        RangeValue => "range",
        DictView view => view.Kind,
        Function => "function",
        Loop => "LoopContext",
        Namespace => "Namespace",
        ITemplateObject o => o.TypeName,
        _ => value.GetType().Name,
    };

    /// <summary>How messages speak of a value: <c>dict object</c>, <c>None</c>.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        bool or long or BigInteger or double or string or List<object?> or PythonTuple or PythonDict => TypeName(value) + " object",
        Guid => "uuid.UUID object",
        ITemplateObject o => o.TypeName + " object",
        _ => TypeName(value) + " object",
    };

    /// <summary><c>str(value)</c>.</summary>
    public static string Text(object? value) => value switch
    {
        string s => s,
        _ => Bounded(PythonText.Str(PythonDates.Printable(value))),
    };

    public static string Repr(object? value) => Bounded(PythonText.Repr(PythonDates.Printable(value)));

    public static string Bounded(string text) => text.Length <= TemplateLimits.Characters ? text
        : throw TemplateRenderException.Overflow($"Text too long. Templates can produce no more than {TemplateLimits.Characters} characters.");

    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool b => b,
        long l => l != 0,
        BigInteger b => !b.IsZero,
        double d => d != 0,
        string s => s.Length > 0,
        Markup m => m.Text.Length > 0,
        List<object?> list => list.Count > 0,
        PythonTuple tuple => tuple.Items.Count > 0,
        PythonDict dict => dict.Count > 0,
        RangeValue range => range.Items.Count > 0,
        DictView view => view.Items.Count > 0,
        TimeSpan span => span != TimeSpan.Zero,
        _ => true,
    };

    public static bool IsNumber(object? value) => value is bool || PythonNumber.IsNumber(value);

    public static string? AsText(object? value) => value switch
    {
        string s => s,
        Markup m => m.Text,
        EnumText e => e.Value,
        _ => null,
    };

    public static bool AreEqual(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left is null || right is null)
            return false;
        if (IsNumber(left) && IsNumber(right))
            return PythonNumber.Compare(Plain(left), Plain(right)) == 0;
        if (AsText(left) is { } text)
            return text == AsText(right);
        return (left, right) switch
        {
            (Undefined, Undefined) => true,
            (List<object?> a, List<object?> b) => ItemsEqual(a, b),
            (PythonTuple a, PythonTuple b) => ItemsEqual(a.Items, b.Items),
            (RangeValue a, RangeValue b) => ItemsEqual(a.Items, b.Items),
            (PythonDict a, PythonDict b) => a.Count == b.Count && a.All(pair => b.TryGet(PythonKeys.Value(pair.Key), out var other) && AreEqual(pair.Value, other)),
            _ => left.Equals(right),
        };
    }

    private static bool ItemsEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i]))
                return false;
        }

        return true;
    }

    // A bool among numbers is 0 or 1.
    public static object Plain(object value) => value is bool b ? (b ? 1L : 0L) : value;

    /// <summary>Order of two values; null when they are numbers without order (NaN).</summary>
    public static int? Order(object? left, object? right, string symbol)
    {
        if (left is Undefined u)
            throw u.Error();
        if (right is Undefined v)
            throw v.Error();
        if (IsNumber(left) && IsNumber(right))
            return PythonNumber.Compare(Plain(left!), Plain(right!));
        if (AsText(left) is { } a && AsText(right) is { } b)
            return string.CompareOrdinal(a, b);
        return (left, right) switch
        {
            (List<object?> x, List<object?> y) => OrderItems(x, y, symbol),
            (PythonTuple x, PythonTuple y) => OrderItems(x.Items, y.Items, symbol),
            (DateTimeOffset x, DateTimeOffset y) => x.CompareTo(y),
            (DateOnly x, DateOnly y) => x.CompareTo(y),
            (TimeSpan x, TimeSpan y) => x.CompareTo(y),
            (Guid x, Guid y) => string.CompareOrdinal(x.ToString(), y.ToString()),
            _ => throw TemplateRenderException.Type($"'{symbol}' not supported between instances of '{TypeName(left)}' and '{TypeName(right)}'"),
        };
    }

    private static int? OrderItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string symbol)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!AreEqual(left[i], right[i]))
                return Order(left[i], right[i], symbol);
        }

        return left.Count.CompareTo(right.Count);
    }

    public static bool IsIn(object? item, object? container)
    {
        if (AsText(container) is { } text)
        {
            var part = AsText(item) ?? throw TemplateRenderException.Type($"'in <string>' requires string as left operand, not {TypeName(item)}");
            return text.Contains(part, StringComparison.Ordinal);
        }

        if (container is PythonDict dict)
            return dict.TryGet(item, out _);
        if (container is ITemplateObject o && Items(o) is null)
            return o.TryGetItem(item, out _);
        return (Items(container) ?? throw TemplateRenderException.Type($"argument of type '{TypeName(container)}' is not iterable")).Any(each => AreEqual(each, item));
    }

    /// <summary>The items of an iterable; null for a value that is none.</summary>
    public static IReadOnlyList<object?>? Items(object? value) => value switch
    {
        List<object?> list => list,
        PythonTuple tuple => tuple.Items,
        Generated generated => generated.Items,
        RangeValue range => range.Items,
        DictView view => view.Items,
        PythonDict dict => dict.Keys.ToList(),
        Undefined => [],
        ITemplateObject and IEnumerable<object?> items => items.ToList(),
        _ => AsText(value) is { } text ? text.EnumerateRunes().Select(rune => (object?)rune.ToString()).ToList() : null,
    };

    public static IReadOnlyList<object?> Iterate(object? value) =>
        Items(value) ?? throw TemplateRenderException.Type($"'{TypeName(value)}' object is not iterable");

    public static long Length(object? value) => value switch
    {
        string s => s.EnumerateRunes().Count(),
        Markup m => m.Text.EnumerateRunes().Count(),
        PythonDict dict => dict.Count,
        List<object?> or PythonTuple or RangeValue or DictView or Undefined => Items(value)!.Count,
        IReadOnlyCollection<object?> collection => collection.Count,
        EnumText e => e.Value.Length,
        _ => throw TemplateRenderException.Type($"object of type '{TypeName(value)}' has no len()"),
    };

    /// <summary>An argument that has to be a whole number within the range of an index.</summary>
    public static int Index(object? value) => value switch
    {
        long l => (int)Math.Clamp(l, int.MinValue, int.MaxValue),
        bool b => b ? 1 : 0,
        BigInteger b => b.Sign > 0 ? int.MaxValue : int.MinValue,
        Undefined u => throw u.Error(),
        _ => throw TemplateRenderException.Type($"'{TypeName(value)}' object cannot be interpreted as an integer"),
    };

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
