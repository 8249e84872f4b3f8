using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockSchemaFilterCapabilities
{
    [JsonPropertyName("all_")]
    public List<string>? All { get; set; }
}
