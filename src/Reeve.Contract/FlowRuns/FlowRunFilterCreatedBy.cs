using System.Text.Json.Serialization;

namespace Reeve.Contract.FlowRuns;

public sealed class FlowRunFilterCreatedBy
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("id_")]
    public List<Guid>? Id { get; set; }

    [JsonPropertyName("type_")]
    public List<string>? Type { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
