using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }

    [JsonPropertyName("not_any_")]
    public List<Guid>? NotAny { get; set; }
}
