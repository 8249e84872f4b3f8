using System.Text.Json.Serialization;

namespace Reeve.Contract.Logs;

public sealed class LogFilterLevel
{
    [JsonPropertyName("ge_")]
    public int? Ge { get; set; }

    [JsonPropertyName("le_")]
    public int? Le { get; set; }
}
