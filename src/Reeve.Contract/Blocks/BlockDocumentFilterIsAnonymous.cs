using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentFilterIsAnonymous
{
    [JsonPropertyName("eq_")]
    public bool? Eq { get; set; }
}
