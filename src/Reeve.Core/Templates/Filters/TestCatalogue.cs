using System.Numerics;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates.Filters;

/// <summary>What may follow <c>is</c>.</summary>
internal static class TestCatalogue
{
    private static readonly Dictionary<string, Func<object?, Arguments, bool>> Tests = new(StringComparer.Ordinal)
    {
        ["odd"] = (value, _) => Operations.AreEqual(Arithmetic.Apply("%", value, 2L), 1L),
        ["even"] = (value, _) => Operations.AreEqual(Arithmetic.Apply("%", value, 2L), 0L),
        ["divisibleby"] = (value, arguments) => Operations.AreEqual(Arithmetic.Apply("%", value, arguments.Bind("divisibleby", 1, "num")[0]), 0L),
        ["defined"] = (value, _) => value is not Undefined,
        ["undefined"] = (value, _) => value is Undefined,
        ["filter"] = (_, _) => false,
        ["test"] = (value, _) => value is string name && Contains(name),
        ["none"] = (value, _) => value is null,
        ["boolean"] = (value, _) => value is bool,
        ["true"] = (value, _) => value is true,
        ["false"] = (value, _) => value is false,
        ["integer"] = (value, _) => value is long or BigInteger,
        ["float"] = (value, _) => value is double,
        ["number"] = (value, _) => Operations.IsNumber(value),
        ["string"] = (value, _) => value is string or Markup,
        ["mapping"] = (value, _) => value is PythonDict,
        ["sequence"] = (value, _) => value is string or Markup or List<object?> or PythonTuple or PythonDict or RangeValue or Undefined or IReadOnlyCollection<object?>,
        ["iterable"] = (value, _) => Operations.Items(value) is not null,
        ["callable"] = (value, _) => value is Function or Loop or Undefined,
        ["lower"] = (value, _) => Operations.Text(value) is var text && text.Any(char.IsLower) && !text.Any(char.IsUpper),
        ["upper"] = (value, _) => Operations.Text(value) is var text && text.Any(char.IsUpper) && !text.Any(char.IsLower),
        ["sameas"] = (value, arguments) => arguments.Bind("sameas", 1, "other")[0] is var other
            && (ReferenceEquals(value, other) || (value is bool or long or string && value.Equals(other))),
        ["escaped"] = (value, _) => value is Markup or Undefined,
        ["in"] = (value, arguments) => Operations.IsIn(value, arguments.Bind("in", 1, "seq")[0]),
    };

    static TestCatalogue()
    {
        foreach (var (symbol, names) in new (string, string[])[]
        {
            ("==", ["==", "eq", "equalto"]), ("!=", ["!=", "ne"]), (">", [">", "gt", "greaterthan"]),
            (">=", [">=", "ge"]), ("<", ["<", "lt", "lessthan"]), ("<=", ["<=", "le"]),
        })
        {
            foreach (var name in names)
                Tests[name] = (value, arguments) => Interpreter.Compare(symbol, value, arguments.Bind(name, 1, "other")[0]);
        }
    }

    public static bool Contains(string name) => Tests.ContainsKey(name);

    public static bool TryGet(string name, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Func<object?, Arguments, bool> test) =>
        Tests.TryGetValue(name, out test);
}
