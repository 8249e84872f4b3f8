using System.Text;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>A tuple; the groups of <c>groupby</c> also have names for their two items.</summary>
internal sealed class PythonTuple(IReadOnlyList<object?> items, bool isGroup = false) : IPythonObject
{
    public IReadOnlyList<object?> Items { get; } = items;

    public bool IsGroup { get; } = isGroup;

    public string Repr()
    {
        if (Items.Count == 1)
            return "(" + PythonText.Repr(Items[0]) + ",)";
        var text = new StringBuilder();
        PythonText.AppendSequence(text, Items, '(', ')');
        return text.ToString();
    }
}
