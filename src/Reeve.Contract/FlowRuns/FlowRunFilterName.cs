using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("like_")]
    public string? Like { get; set; }
}
