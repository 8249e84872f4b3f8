using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockTypeFilterName
{
    [JsonPropertyName("like_")]
    public string? Like { get; set; }
}
