using System.Text.Json.Serialization;

namespace Reeve.Contract.Logs;

public sealed class LogFilterTimestamp
{
    [JsonPropertyName("before_")]
    public DateTimeOffset? Before { get; set; }

    [JsonPropertyName("after_")]
    public DateTimeOffset? After { get; set; }
}
