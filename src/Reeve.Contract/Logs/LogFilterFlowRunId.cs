using System.Text.Json.Serialization;

namespace Reeve.Contract.Logs;

public sealed class LogFilterFlowRunId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
