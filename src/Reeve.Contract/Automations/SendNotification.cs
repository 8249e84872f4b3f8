namespace Reeve.Contract.Automations;

public sealed class SendNotification : AutomationAction
{
    public override string Type => "send-notification";

    public Guid BlockDocumentId { get; set; }

    public string Subject { get; set; } = "Prefect automated notification";

    public string Body { get; set; } = "";
}
