using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockSchemaFilterBlockTypeId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
