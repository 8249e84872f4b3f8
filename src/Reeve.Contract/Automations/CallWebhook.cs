using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

public sealed class CallWebhook : AutomationAction
{
    public override string Type => "call-webhook";

    public Guid BlockDocumentId { get; set; }

    [JsonConverter(typeof(PayloadConverter))]
    public string? Payload { get; set; } = "";
}
