namespace Reeve.Core.JsonSchema;

/// <summary>A JSON object in memory; keys keep the order in which they were written.</summary>
public sealed class JsonMap : OrderedDictionary<string, object?>
{
    public JsonMap()
        : base(StringComparer.Ordinal)
    {
    }

    public JsonMap(IEnumerable<KeyValuePair<string, object?>> items)
        : base(items, StringComparer.Ordinal)
    {
    }
}
