using System.Text.Json.Serialization;

namespace Reeve.Contract.WorkPools;

public sealed class WorkQueueFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
