using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>Something that templates can call.</summary>
internal sealed class Function(string name, Func<Arguments, object?> body) : IPythonObject
{
    public string Name { get; } = name;

    public object? Call(Arguments arguments) => body(arguments);

    public string Repr() => $"<function {Name}>";
}
