using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockTypeFilterSlug
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }
}
