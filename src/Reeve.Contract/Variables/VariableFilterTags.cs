using System.Text.Json.Serialization;

namespace Reeve.Contract.Variables;

public sealed class VariableFilterTags
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("all_")]
    public List<string>? All { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
