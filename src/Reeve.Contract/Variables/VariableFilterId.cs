using System.Text.Json.Serialization;

namespace Reeve.Contract.Variables;

public sealed class VariableFilterId
{
    [JsonPropertyName("any_")]
    public List<Guid>? Any { get; set; }
}
