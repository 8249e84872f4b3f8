using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentFilterBlockTypeId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
