using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("like_")]
    public string? Like { get; set; }
}
