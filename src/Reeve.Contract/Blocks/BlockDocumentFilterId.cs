using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
