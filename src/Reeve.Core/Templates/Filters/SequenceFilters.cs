using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates.Filters;

/// <summary>Filters on lists and dicts.</summary>
internal static class SequenceFilters
{
    public static void AddTo(Dictionary<string, Filter> filters)
    {
        filters["length"] = filters["count"] = (_, value, _) => Operations.Length(value);
        filters["list"] = (_, value, _) => Operations.Iterate(value).ToList();
        filters["first"] = (_, value, _) => Operations.Iterate(value) is [var first, ..] ? first : new Undefined("No first item, sequence was empty.");
        filters["last"] = (_, value, _) => Operations.Iterate(value) is [.., var last] ? last : new Undefined("No last item, sequence was empty.");
        filters["random"] = (_, value, _) => Operations.Iterate(value) is { Count: > 0 } items ? items[Random.Shared.Next(items.Count)] : new Undefined("No random item, sequence was empty.");
        filters["default"] = filters["d"] = (_, value, a) => Default(value, a);
        filters["join"] = (_, value, a) => Join(value, a);
        filters["reverse"] = (_, value, _) => value is string or Markup
            ? string.Concat(Operations.Items(value)!.Reverse().Cast<string>())
            : new Generated((Operations.Items(value) ?? throw TemplateRenderException.FilterArgument("argument must be iterable")).Reverse().ToList(), "reversed");
        filters["sort"] = (_, value, a) => Sort(value, a);
        filters["dictsort"] = (_, value, a) => DictSort(value, a);
        filters["items"] = (_, value, _) => value switch
        {
            Undefined => new Generated([], "do_items"),
            PythonDict dict => new Generated(dict.Pairs.ToList(), "do_items"),
            _ => throw TemplateRenderException.Type("Can only get item pairs from a mapping."),
        };
        filters["unique"] = (_, value, a) => Unique(value, a);
        filters["min"] = (_, value, a) => Extreme(value, a, "min", -1);
        filters["max"] = (_, value, a) => Extreme(value, a, "max", 1);
        filters["sum"] = (_, value, a) => Sum(value, a);
        filters["groupby"] = (_, value, a) => GroupBy(value, a);
        filters["batch"] = (_, value, a) => Batch(value, a);
        filters["slice"] = (_, value, a) => Slice(value, a);
        filters["attr"] = (_, value, a) => Operations.Text(a.Bind("do_attr", 1, "name")[0]) is var name
            && Members.Attribute(value is PythonDict ? null : value, name) is var found && found is not Undefined ? found : Undefined.Missing(value, name);
        filters["map"] = Map;
        filters["select"] = (interpreter, value, a) => Select(interpreter, value, a, keep: true, attribute: false);
        filters["reject"] = (interpreter, value, a) => Select(interpreter, value, a, keep: false, attribute: false);
        filters["selectattr"] = (interpreter, value, a) => Select(interpreter, value, a, keep: true, attribute: true);
        filters["rejectattr"] = (interpreter, value, a) => Select(interpreter, value, a, keep: false, attribute: true);
    }

    private static object? Default(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_default", 0, "default_value", "boolean");
        var missing = value is Undefined || (Operations.IsTrue(Arguments.Or(bound[1], false)) && !Operations.IsTrue(value));
        return missing ? Arguments.Or(bound[0], "") : value;
    }

    private static object Join(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_join", 0, "d", "attribute");
        var items = Operations.Iterate(value);
        if (Arguments.Or(bound[1], null) is { } attribute)
            items = items.Select(item => Attribute(item, attribute)).ToList();
        return Operations.Bounded(string.Join(Operations.Text(Arguments.Or(bound[0], "")), items.Select(Operations.Text)));
    }

    /// <summary>The value at a dotted path; numbers in it are indexes.</summary>
    private static object? Attribute(object? item, object? path, object? fallback = null)
    {
        if (path is null)
            return item;
        IEnumerable<object?> parts = path is string text
            ? text.Split('.').Select(part => part.Length > 0 && part.All(char.IsAsciiDigit) && long.TryParse(part, out var index) ? (object?)index : part)
            : [path];
        foreach (var part in parts)
        {
            item = Members.Item(item, part);
            if (fallback is not null && item is Undefined)
                item = fallback;
        }

        return item;
    }

    private static object? Fold(object? value, bool caseSensitive) =>
        !caseSensitive && Operations.AsText(value) is { } text ? text.ToLowerInvariant() : value;

    private static List<object?> Sorted(IEnumerable<object?> items, Func<object?, object?> key, bool reverse)
    {
        var keyed = items.Select(item => (Key: key(item), Item: item)).ToList();
        // Python asks whether the later item is less than the earlier one; the error message shows them in that order.
        var order = Comparer<object?>.Create((left, right) => -Operations.Order(right, left, "<") ?? 0);
        try
        {
            return (reverse ? keyed.AsEnumerable().Reverse().OrderBy(pair => pair.Key, order).Reverse() : keyed.OrderBy(pair => pair.Key, order))
                .Select(pair => pair.Item).ToList();
        }
        catch (InvalidOperationException error) when (error.InnerException is TemplateRenderException inner)
        {
            throw new TemplateRenderException(inner.Kind, inner.Message);
        }
    }

    private static List<object?> Sort(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_sort", 0, "reverse", "case_sensitive", "attribute");
        var sensitive = Operations.IsTrue(Arguments.Or(bound[1], false));
        var paths = Arguments.Or(bound[2], null) is string text ? text.Split(',').Cast<object?>().ToArray() : [Arguments.Or(bound[2], null)];
        return Sorted(
            Operations.Iterate(value),
            item => new PythonTuple(paths.Select(path => Fold(Attribute(item, path), sensitive)).ToList()),
            Operations.IsTrue(Arguments.Or(bound[0], false)));
    }

    private static List<object?> DictSort(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_dictsort", 0, "case_sensitive", "by", "reverse");
        var by = Operations.Text(Arguments.Or(bound[1], "key"));
        if (by is not ("key" or "value"))
            throw TemplateRenderException.FilterArgument("You can only sort by either \"key\" or \"value\"");
        var dict = value as PythonDict ?? throw new TemplateRenderException("AttributeError", $"'{Operations.TypeName(value)}' object has no attribute 'items'");
        var sensitive = Operations.IsTrue(Arguments.Or(bound[0], false));
        return Sorted(dict.Pairs, pair => Fold(((PythonTuple)pair!).Items[by == "key" ? 0 : 1], sensitive), Operations.IsTrue(Arguments.Or(bound[2], false)));
    }

    private static Generated Unique(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_unique", 0, "case_sensitive", "attribute");
        var sensitive = Operations.IsTrue(Arguments.Or(bound[0], false));
        var seen = new HashSet<object>(PythonKeys.Instance);
        var kept = Operations.Iterate(value).Where(item => seen.Add(PythonKeys.Key(Fold(Attribute(item, Arguments.Or(bound[1], null)), sensitive)))).ToList();
        return new Generated(kept, "sync_do_unique");
    }

    private static object? Extreme(object? value, Arguments arguments, string name, int sign)
    {
        var bound = arguments.Bind("do_" + name, 0, "case_sensitive", "attribute");
        var sensitive = Operations.IsTrue(Arguments.Or(bound[0], false));
        object? best = null, bestKey = null;
        var any = false;
        foreach (var item in Operations.Iterate(value))
        {
            var key = Fold(Attribute(item, Arguments.Or(bound[1], null)), sensitive);
            if (any && !(Operations.Order(key, bestKey, sign < 0 ? "<" : ">") * sign > 0))
                continue;
            (best, bestKey, any) = (item, key, true);
        }

        return any ? best : new Undefined("No aggregated item, sequence was empty.");
    }

    private static object? Sum(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_sum", 0, "attribute", "start");
        var total = Arguments.Or(bound[1], 0L);
        foreach (var item in Operations.Iterate(value))
            total = Arithmetic.Apply("+", total, Attribute(item, Arguments.Or(bound[0], null)));
        return total;
    }

    private static List<object?> GroupBy(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_groupby", 1, "attribute", "default", "case_sensitive");
        var sensitive = Operations.IsTrue(Arguments.Or(bound[2], false));
        object? Grouper(object? item) => Attribute(item, bound[0], Arguments.Or(bound[1], null));
        var groups = new List<(object? Key, object? Shown, List<object?> Items)>();
        foreach (var item in Sorted(Operations.Iterate(value), item => Fold(Grouper(item), sensitive), reverse: false))
        {
            var key = Fold(Grouper(item), sensitive);
            if (groups.Count == 0 || !Operations.AreEqual(groups[^1].Key, key))
                groups.Add((key, Grouper(item), []));
            groups[^1].Items.Add(item);
        }

        return groups.ConvertAll(group => (object?)new PythonTuple([group.Shown, group.Items], isGroup: true));
    }

    private static Generated Batch(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_batch", 1, "linecount", "fill_with");
        var count = Math.Max(1, Operations.Index(bound[0]));
        var fill = Arguments.Or(bound[1], null);
        var rows = Operations.Iterate(value).Chunk(count).Select(row => row.ToList()).ToList();
        if (fill is not null && rows.Count > 0 && count <= TemplateLimits.Steps)
            rows[^1].AddRange(Enumerable.Repeat<object?>(fill, count - rows[^1].Count));
        return new Generated(rows.Cast<object?>().ToList(), "do_batch");
    }

    private static Generated Slice(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("do_slice", 1, "slices", "fill_with");
        var items = Operations.Iterate(value);
        var slices = Operations.Index(bound[0]);
        if (slices == 0)
            throw new TemplateRenderException("ZeroDivisionError", "integer division or modulo by zero");
        if (slices > TemplateLimits.Steps)
            throw TemplateRenderException.Overflow("List too long.");
        var fill = Arguments.Or(bound[1], null);
        var parts = new List<object?>();
        var at = 0;
        for (var i = 0; i < slices; i++)
        {
            var size = (items.Count / slices) + (i < items.Count % slices ? 1 : 0);
            var part = items.Skip(at).Take(size).ToList();
            at += size;
            if (fill is not null && i >= items.Count % slices)
                part.Add(fill);
            parts.Add(part);
        }

        return new Generated(parts, "sync_do_slice");
    }

    private static Generated Map(Interpreter interpreter, object? value, Arguments arguments)
    {
        var items = OrNone(value);
        interpreter.Step(items.Count);
        var attribute = arguments.Keywords.FirstOrDefault(pair => pair.Name == "attribute");
        if (arguments.Positional.Count == 0 && attribute.Name is not null)
        {
            var fallback = arguments.Keywords.FirstOrDefault(pair => pair.Name == "default").Value;
            return new Generated(items.Select(item => Attribute(item, attribute.Value, fallback)).ToList(), "sync_do_map");
        }

        if (arguments.Positional.Count == 0)
            throw TemplateRenderException.FilterArgument("map requires a filter argument");
        var name = Operations.Text(arguments.Positional[0]);
        var rest = new Arguments(arguments.Positional.Skip(1).ToList(), arguments.Keywords);
        return new Generated(items.Select(item => interpreter.ApplyFilter(name, item, rest)).ToList(), "sync_do_map");
    }

    /// <summary>The items; what counts as false has none.</summary>
    private static IReadOnlyList<object?> OrNone(object? value) => Operations.IsTrue(value) ? Operations.Iterate(value) : [];

    private static Generated Select(Interpreter interpreter, object? value, Arguments arguments, bool keep, bool attribute)
    {
        var offset = attribute ? 1 : 0;
        if (arguments.Positional.Count < offset)
            throw TemplateRenderException.FilterArgument("Missing parameter for attribute name");
        var test = arguments.Positional.Count > offset ? Operations.Text(arguments.Positional[offset]) : null;
        var rest = new Arguments(arguments.Positional.Skip(offset + 1).ToList(), arguments.Keywords);
        var kept = new List<object?>();
        foreach (var item in OrNone(value))
        {
            var judged = attribute ? Attribute(item, arguments.Positional[0]) : item;
            interpreter.Step();
            if (keep == (test is null ? Operations.IsTrue(judged) : interpreter.ApplyTest(test, judged, rest)))
                kept.Add(item);
        }

        return new Generated(kept, "select_or_reject");
    }
}
