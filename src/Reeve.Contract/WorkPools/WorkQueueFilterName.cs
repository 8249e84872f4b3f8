using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("startswith_")]
    public List<string>? Startswith { get; set; }
}
