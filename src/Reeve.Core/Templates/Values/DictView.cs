using System.Text;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>The keys, values or items of a dict.</summary>
internal sealed class DictView(IReadOnlyList<object?> items, string kind) : IPythonObject
{
    public IReadOnlyList<object?> Items { get; } = items;

    public string Kind { get; } = kind;

    public string Repr()
    {
        var text = new StringBuilder(Kind).Append('(');
        PythonText.AppendSequence(text, Items, '[', ']');
        return text.Append(')').ToString();
    }
}
