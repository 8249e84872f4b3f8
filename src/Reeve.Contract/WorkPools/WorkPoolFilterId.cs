using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

public sealed class WorkPoolFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
