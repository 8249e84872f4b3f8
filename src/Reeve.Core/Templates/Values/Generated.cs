using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>What filters such as <c>map</c> give: something to iterate over, without length or index.</summary>
internal sealed class Generated(IReadOnlyList<object?> items, string name) : IPythonObject
{
    public IReadOnlyList<object?> Items { get; } = items;

    public string Repr() => $"<generator object {name}>";
}
