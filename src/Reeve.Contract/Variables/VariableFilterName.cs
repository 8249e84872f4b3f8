using System.Text.Json.Serialization;

namespace Reeve.Contract.Variables;

public sealed class VariableFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("like_")]
    public string? Like { get; set; }
}
