using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;

namespace Reeve.Server.Automations.Templates;

/// <summary>Turns template texts in parameters into the objects that hydration replaces; see automations.md §9.</summary>
internal static class ParameterTemplates
{
    private const string Kind = "__prefect_kind";

    public static object? Upgrade(object? value)
    {
        switch (value)
        {
            case JsonMap map when map.ContainsKey(Kind):
                return map;
            case JsonMap map:
                var copy = new JsonMap();
                foreach (var (name, item) in map) copy[name] = Upgrade(item);
                return copy;
            case List<object?> list:
                return list.ConvertAll(Upgrade);
            case string text when Template.IsTemplate(text):
                return SingleExpression(text) is { } expression
                    ? new JsonMap { [Kind] = "json", ["value"] = Jinja($"{{{{ {expression} | tojson }}}}") }
                    : Jinja(text);
            default:
                return value;
        }
    }

    /// <summary>All template texts in a value, upgraded or not.</summary>
    public static IEnumerable<string> Texts(object? value) => value switch
    {
        JsonMap map => map.Values.SelectMany(Texts),
        List<object?> list => list.SelectMany(Texts),
        string text when Template.IsTemplate(text) => [text],
        _ => [],
    };

    private static JsonMap Jinja(string template) => new() { [Kind] = "jinja", ["template"] = template };

    /// <summary>The expression, when the text is nothing but one: its value then keeps its type.</summary>
    private static string? SingleExpression(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (!trimmed.StartsWith("{{") || !trimmed.EndsWith("}}")) return null;
        var inner = trimmed[2..^2];
        if (inner.Contains("{{", StringComparison.Ordinal) || inner.Contains("}}", StringComparison.Ordinal) || inner.Contains("{%", StringComparison.Ordinal)) return null;
        return inner.Trim().ToString();
    }
}
