using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolFilterType
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }
}
