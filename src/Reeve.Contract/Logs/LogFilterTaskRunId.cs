using System.Text.Json.Serialization;

namespace Reeve.Contract.Logs;

public sealed class LogFilterTaskRunId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
