using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

internal sealed class Cycler(IReadOnlyList<object?> items) : IPythonObject
{
    public int Position { get; set; }

    public object? Current => items[Position];

    public object? Next()
    {
        var value = Current;
        Position = (Position + 1) % items.Count;
        return value;
    }

    public string Repr() => "<Cycler>";
}
