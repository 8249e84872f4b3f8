using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>The value of <c>namespace()</c>: attributes that loops can assign to.</summary>
internal sealed class Namespace : IPythonObject
{
    public Dictionary<string, object?> Attributes { get; } = new(StringComparer.Ordinal);

    public string Repr() => "<Namespace {" + string.Join(", ", Attributes.Select(pair => $"{PythonText.Repr(pair.Key)}: {PythonText.Repr(pair.Value)}")) + "}>";
}
