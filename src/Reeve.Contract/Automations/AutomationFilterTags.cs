using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

public sealed class AutomationFilterTags
{
    public Operator Operator { get; set; } = Operator.And;

    [JsonPropertyName("all_")]
    public List<string>? All { get; set; }

    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }

    [JsonPropertyName("is_null_")]
    public bool? IsNull { get; set; }
}
