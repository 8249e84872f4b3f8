namespace Reeve.Core.Templates.Values;

/// <summary>The variables that a block has set, and the block around it.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public void Set(string name, object? value) => _values[name] = value;

    public bool TryGet(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._values.TryGetValue(name, out value))
                return true;
        }

        value = null;
        return false;
    }

    public Scope? Outer { get; } = outer;
}
