using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockSchemaFilterVersion
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }
}
