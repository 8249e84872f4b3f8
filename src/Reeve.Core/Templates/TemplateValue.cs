using System.Text.Json;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates.Values;

namespace Reeve.Core.Templates;

/// <summary>
/// Values that templates work with: null, bool, long, BigInteger, double, string, <see cref="DateTimeOffset"/> (a datetime with
/// zone), <see cref="DateOnly"/>, <see cref="TimeSpan"/> (a timedelta), <see cref="Guid"/>, lists, maps made here, and
/// <see cref="ITemplateObject"/>.
/// </summary>
public static class TemplateValue
{
    /// <summary>A JSON value as a template sees it.</summary>
    public static object? FromJson(JsonElement element) => FromTree(JsonTree.From(element));

    /// <summary>A tree of <see cref="JsonTree"/> as a template sees it.</summary>
    public static object? FromTree(object? tree)
    {
        switch (tree)
        {
            case JsonMap map:
                var dict = new PythonDict();
                foreach (var (key, item) in map)
                    dict[key] = FromTree(item);
                return dict;
            case List<object?> list:
                return list.ConvertAll(FromTree);
            default:
                return tree;
        }
    }

    /// <summary>A list of values.</summary>
    public static object List(IEnumerable<object?> items) => items.ToList();

    /// <summary>A dict of values, in the order given.</summary>
    public static object Dict(IEnumerable<KeyValuePair<string, object?>> items)
    {
        var dict = new PythonDict();
        foreach (var (key, value) in items)
            dict[key] = value;
        return dict;
    }
}
