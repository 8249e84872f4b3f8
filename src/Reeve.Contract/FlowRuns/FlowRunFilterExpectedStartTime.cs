using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterExpectedStartTime
{
    [JsonPropertyName("before_")]
    public DateTimeOffset? Before { get; set; }

    [JsonPropertyName("after_")]
    public DateTimeOffset? After { get; set; }
}
