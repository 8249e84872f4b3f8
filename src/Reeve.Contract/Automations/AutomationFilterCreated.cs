using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

public sealed class AutomationFilterCreated
{
    [JsonPropertyName("before_")]
    public DateTimeOffset? Before { get; set; }
}
