using System.Numerics;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>Equality of dict keys: 1, 1.0 and True are one key.</summary>
internal sealed class PythonKeys : IEqualityComparer<object>
{
    public static readonly PythonKeys Instance = new();

    // None is a key like any other, but a dictionary of .NET refuses null.
    public static readonly object None = new NoneKey();

    public new bool Equals(object? x, object? y) => Operations.AreEqual(Value(x), Value(y));

    public int GetHashCode(object key) => key switch
    {
        bool or long or BigInteger or double => PythonNumber.ToDouble(key).GetHashCode(),
        string s => s.GetHashCode(StringComparison.Ordinal),
        PythonTuple tuple => tuple.Items.Aggregate(17, (hash, item) => HashCode.Combine(hash, item is null ? 0 : GetHashCode(item))),
        Markup markup => markup.Text.GetHashCode(StringComparison.Ordinal),
        _ => key.GetHashCode(),
    };

    public static object Key(object? value) => value switch
    {
        null => None,
        List<object?> => throw TemplateRenderException.Type("unhashable type: 'list'"),
        PythonDict => throw TemplateRenderException.Type("unhashable type: 'dict'"),
        _ => value,
    };

    public static object? Value(object? key) => key is NoneKey ? null : key;

    private sealed class NoneKey : IPythonObject
    {
        public string Repr() => "None";
    }
}
