using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

public sealed class AutomationFilterName
{
    [JsonPropertyName("any_")]
    public List<string>? Any { get; set; }
}
