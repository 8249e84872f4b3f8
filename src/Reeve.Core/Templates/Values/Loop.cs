using System.Globalization;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>The <c>loop</c> of a for block.</summary>
internal sealed class Loop(IReadOnlyList<object?> items, int depth, Func<object?, object?>? recurse) : IPythonObject
{
    private object? _changed = Arguments.Absent;

    public int Index { get; set; }

    public Func<object?, object?>? Recurse { get; } = recurse;

    public object? Get(string name) => name switch
    {
        "index" => (long)Index + 1,
        "index0" => (long)Index,
        "revindex" => (long)items.Count - Index,
        "revindex0" => (long)items.Count - Index - 1,
        "first" => Index == 0,
        "last" => Index == items.Count - 1,
        "length" => (long)items.Count,
        "depth" => (long)depth,
        "depth0" => (long)depth - 1,
        "previtem" => Index > 0 ? items[Index - 1] : new Undefined("there is no previous item"),
        "nextitem" => Index + 1 < items.Count ? items[Index + 1] : new Undefined("there is no next item"),
        "cycle" => new Function("cycle", arguments => arguments.Positional.Count > 0
            ? arguments.Positional[Index % arguments.Positional.Count]
            : throw TemplateRenderException.Type("no items for cycling given")),
        "changed" => new Function("changed", Changed),
        _ => Arguments.Absent,
    };

    public string Repr() => string.Create(CultureInfo.InvariantCulture, $"<LoopContext {Index + 1}/{items.Count}>");

    private object Changed(Arguments arguments)
    {
        var now = new PythonTuple(arguments.Positional);
        var changed = !Arguments.IsGiven(_changed) || !Operations.AreEqual(_changed, now);
        _changed = now;
        return changed;
    }
}
