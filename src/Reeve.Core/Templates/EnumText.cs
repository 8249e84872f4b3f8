using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates;

/// <summary>
/// A member of one of Prefect's enumerations of text, e.g. a state's type: it prints as <c>StateType.COMPLETED</c>, its
/// <c>value</c> is <c>COMPLETED</c>, and to comparisons and filters of text it is that text.
/// </summary>
/// <param name="typeName">The enumeration, e.g. <c>StateType</c>.</param>
/// <param name="value">The member, in capitals.</param>
public sealed class EnumText(string typeName, string value) : ITemplateObject
{
    public string TypeName { get; } = typeName;

    /// <summary>The text it stands for.</summary>
    public string Value { get; } = value;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name is "value" or "name" ? Value : TextMethods.Get(Value, name);
        return Arguments.IsGiven(value);
    }

    public bool TryGetJson(out object? tree)
    {
        tree = Value;
        return true;
    }

    public string Repr() => Str();

    public string Str() => $"{TypeName}.{Value}";
}
