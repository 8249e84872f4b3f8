using System.Text.Json.Serialization;

namespace Reeve.Contract.Flows;

public sealed class FlowFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("like_")]
    public string? Like { get; set; }
}
