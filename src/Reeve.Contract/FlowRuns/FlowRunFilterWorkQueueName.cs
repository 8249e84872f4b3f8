using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterWorkQueueName
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
