using Reeve.Contract.Automations;
using Reeve.Contract.Events;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Automations;

/// <summary>What is told of automations: the whole automation, see events.md §11.5.</summary>
internal static class AutomationEvents
{
    private const string Kind = "prefect.automation";

    public static Event Created(Automation automation, DateTimeOffset now) => Of("created", automation, now);

    public static Event Updated(Automation automation, DateTimeOffset now) => Of("updated", automation, now);

    public static Event Deleted(Automation automation, DateTimeOffset now) => Of("deleted", automation, now);

    private static Event Of(string what, Automation automation, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, automation.Id, automation.Name, now);
        told.Payload = JsonText.Of(automation);
        return told;
    }
}
