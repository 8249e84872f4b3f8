using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockSchemaFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
