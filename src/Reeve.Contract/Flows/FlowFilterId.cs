using System.Text.Json.Serialization;

namespace Reeve.Contract.Flows;

public sealed class FlowFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }

    [JsonPropertyName("not_any_")]
    public List<Guid>? NotAny { get; set; }
}
