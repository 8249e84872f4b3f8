using System.Numerics;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary><c>value.name</c> and <c>value[key]</c>, within the sandbox.</summary>
internal static class Members
{
    /// <summary>An attribute, else the item of that name, else something undefined.</summary>
    public static object? Attribute(object? owner, string name)
    {
        if (owner is Undefined)
            return owner;
        if (!name.StartsWith('_') && TryGet(owner, name, out var value))
            return value;
        if (TryItem(owner, name, out value))
            return value;
        return (name.StartsWith('_') && IsInternal(name)) || Changes(owner, name) ? Undefined.Unsafe(owner, name) : Undefined.Missing(owner, name);
    }

    /// <summary>An item, else the attribute of that name, else something undefined.</summary>
    public static object? Item(object? owner, object? key)
    {
        if (owner is Undefined)
            return owner;
        if (TryItem(owner, key, out var value))
            return value;
        if (Operations.AsText(key) is not { } name)
            return Undefined.Missing(owner, key);
        if (!name.StartsWith('_') && TryGet(owner, name, out value))
            return value;
        return (name.StartsWith('_') && IsInternal(name)) || Changes(owner, name) ? Undefined.Unsafe(owner, name) : Undefined.Missing(owner, name);
    }

    // Attributes that every Python object has, and that the sandbox keeps from templates.
    private static bool IsInternal(string name) => name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal);

    // Methods that would change the value they are called on.
    private static bool Changes(object? owner, string name) => owner switch
    {
        List<object?> => name is "append" or "clear" or "extend" or "insert" or "pop" or "remove" or "reverse" or "sort",
        PythonDict => name is "clear" or "pop" or "popitem" or "setdefault" or "update",
        _ => false,
    };

    private static bool TryItem(object? owner, object? key, out object? value)
    {
        value = null;
        switch (owner)
        {
            case PythonDict dict:
                return key is not (List<object?> or PythonDict) && dict.TryGet(key, out value);
            case ITemplateObject o:
                return o.TryGetItem(key, out value);
            case string or Markup or List<object?> or PythonTuple or RangeValue when key is long or bool or BigInteger:
                var index = Operations.Index(key);
                if (owner is string or Markup)
                    return TryRune(Operations.AsText(owner)!, index, out value);
                var items = Operations.Items(owner)!;
                if (index < 0)
                    index += items.Count;
                if (index < 0 || index >= items.Count)
                    return false;
                value = items[index];
                return true;
            default:
                return false;
        }
    }

    private static bool TryRune(string text, int index, out object? value)
    {
        value = null;
        var runes = text.EnumerateRunes().ToList();
        if (index < 0)
            index += runes.Count;
        if (index < 0 || index >= runes.Count)
            return false;
        value = runes[index].ToString();
        return true;
    }

    /// <summary><c>value[start:stop:step]</c>.</summary>
    public static object? Slice(object? owner, object? start, object? stop, object? step)
    {
        if (owner is Undefined)
            return owner;
        if (owner is not (string or Markup or List<object?> or PythonTuple or RangeValue))
            throw TemplateRenderException.Type(owner is PythonDict ? "unhashable type: 'slice'" : $"'{Operations.TypeName(owner)}' object is not subscriptable");
        var items = Operations.Items(owner)!;
        var by = step is null ? 1 : Operations.Index(step);
        if (by == 0)
            throw TemplateRenderException.Value("slice step cannot be zero");
        var from = Clamp(start, items.Count, by, by > 0 ? 0 : items.Count - 1);
        var to = Clamp(stop, items.Count, by, by > 0 ? items.Count : -1);
        var picked = new List<object?>();
        for (long i = from; by > 0 ? i < to : i > to; i += by)
            picked.Add(items[(int)i]);
        return owner switch
        {
            string => string.Concat(picked.Cast<string>()),
            Markup => new Markup(string.Concat(picked.Cast<string>())),
            PythonTuple => new PythonTuple(picked),
            _ => picked,
        };
    }

    private static int Clamp(object? bound, int count, int step, int otherwise)
    {
        if (bound is null)
            return otherwise;
        var index = bound is long or bool or BigInteger ? Operations.Index(bound)
            : throw TemplateRenderException.Type("slice indices must be integers or None or have an __index__ method");
        if (index < 0)
            index = Math.Max(index + count, step > 0 ? 0 : -1);
        return Math.Min(index, step > 0 ? count : count - 1);
    }

    private static bool TryGet(object? owner, string name, out object? value)
    {
        value = owner switch
        {
            string s => TextMethods.Get(s, name),
            Markup m => TextMethods.Get(m.Text, name),
            PythonDict dict => DictMethod(dict, name),
            List<object?> list => SequenceMethod(list, name),
            PythonTuple { IsGroup: true } group when name is "grouper" => group.Items[0],
            PythonTuple { IsGroup: true } group when name is "list" => group.Items[1],
            PythonTuple tuple => SequenceMethod(tuple.Items, name),
            DateTimeOffset or DateOnly or TimeSpan => DateMethods.Get(owner, name),
            bool or long or BigInteger or double => NumberMember(owner, name),
            Guid guid => GuidMember(guid, name),
            Loop loop => loop.Get(name),
            Namespace space => space.Attributes.GetValueOrDefault(name, Arguments.Absent),
            Cycler cycler => CyclerMember(cycler, name),
            ITemplateObject o => o.TryGetAttribute(name, out var attribute) ? attribute : Arguments.Absent,
            _ => Arguments.Absent,
        };
        return Arguments.IsGiven(value);
    }

    private static object? GuidMember(Guid guid, string name) => name switch
    {
        "hex" => guid.ToString("N"),
        "urn" => "urn:uuid:" + guid,
        "version" => (long)guid.Version,
        _ => Arguments.Absent,
    };

    private static object? NumberMember(object number, string name) => name switch
    {
        "real" => Operations.Plain(number),
        "imag" => number is double ? 0.0 : 0L,
        "is_integer" => new Function(name, _ => number is not double d || double.IsInteger(d)),
        "bit_length" when number is not double => new Function(name, _ => (long)BigInteger.Abs(PythonNumber.ToBig(number)).GetBitLength()),
        "numerator" when number is not double => Operations.Plain(number),
        "denominator" when number is not double => 1L,
        _ => Arguments.Absent,
    };

    private static object? CyclerMember(Cycler cycler, string name) => name switch
    {
        "next" => new Function(name, _ => cycler.Next()),
        "current" => cycler.Current,
        "reset" => new Function(name, _ =>
        {
            cycler.Position = 0;
            return null;
        }),
        _ => Arguments.Absent,
    };

    private static object? SequenceMethod(IReadOnlyList<object?> items, string name) => name switch
    {
        "count" => new Function(name, arguments =>
        {
            var wanted = arguments.Bind(name, 1, "value")[0];
            return (long)items.Count(item => Operations.AreEqual(item, wanted));
        }),
        "index" => new Function(name, arguments =>
        {
            var wanted = arguments.Bind(name, 1, "value", "start", "stop")[0];
            for (var i = 0; i < items.Count; i++)
            {
                if (Operations.AreEqual(items[i], wanted))
                    return (long)i;
            }

            throw TemplateRenderException.Value($"{Operations.Repr(wanted)} is not in list");
        }),
        "copy" when items is List<object?> => new Function(name, _ => items.ToList()),
        _ => Arguments.Absent,
    };

    private static object? DictMethod(PythonDict dict, string name) => name switch
    {
        "items" => new Function(name, _ => new DictView(dict.Pairs.ToList(), "dict_items")),
        "keys" => new Function(name, _ => new DictView(dict.Keys.ToList(), "dict_keys")),
        "values" => new Function(name, _ => new DictView(dict.Values.ToList(), "dict_values")),
        "get" => new Function(name, arguments =>
        {
            var bound = arguments.Bind(name, 1, "key", "default");
            return dict.TryGet(bound[0], out var value) ? value : Arguments.Or(bound[1], null);
        }),
        "copy" => new Function(name, _ => dict),
        _ => Arguments.Absent,
    };
}
