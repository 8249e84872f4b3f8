using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }
}
