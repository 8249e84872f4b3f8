using System.Text.Json.Serialization;

namespace Reeve.Contract.Ui;

public sealed class CountByState
{
    [JsonPropertyName("COMPLETED")]
    public int Completed { get; set; }

    [JsonPropertyName("PENDING")]
    public int Pending { get; set; }

    [JsonPropertyName("RUNNING")]
    public int Running { get; set; }

    [JsonPropertyName("FAILED")]
    public int Failed { get; set; }

    [JsonPropertyName("CANCELLED")]
    public int Cancelled { get; set; }

    [JsonPropertyName("CRASHED")]
    public int Crashed { get; set; }

    [JsonPropertyName("PAUSED")]
    public int Paused { get; set; }

    [JsonPropertyName("CANCELLING")]
    public int Cancelling { get; set; }

    [JsonPropertyName("SCHEDULED")]
    public int Scheduled { get; set; }
}
