using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Automations;
using Reeve.Contract.Events;

namespace Reeve.Server.Automations.Actions;

/// <summary>An action with what it acts upon: its automation as it was when it fired, the firing and the event.</summary>
internal sealed class TriggeredAction
{
    private TriggeredAction(ActionTask task, JsonElement body)
    {
        Task = task;
        Automation = Read<Automation>(body.GetProperty("automation"))!;
        Firing = body.GetProperty("firing").Clone();
        Triggered = body.GetProperty("triggered").GetDateTimeOffset();
        Labels = Read<Dictionary<string, string>>(body.GetProperty("triggering_labels")) ?? [];
        var told = body.GetProperty("triggering_event");
        if (told.ValueKind == JsonValueKind.Object)
        {
            EventJson = told.Clone();
            Event = Read<ReceivedEvent>(told);
        }
        Action = Read<AutomationAction>(body.GetProperty("action"))!;
        TriggeredEventId = body.GetProperty("automation_triggered_event_id").GetGuid();
    }

    public ActionTask Task { get; }

    public Automation Automation { get; }

    public JsonElement Firing { get; }

    public DateTimeOffset Triggered { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public ReceivedEvent? Event { get; }

    public JsonElement? EventJson { get; }

    public AutomationAction Action { get; }

    public Guid TriggeredEventId { get; }

    public string IdempotencyKey => $"automation {Automation.Id}, action {Task.Index}, invocation {Task.Id}";

    /// <summary>The primary resource of the event, then the related ones.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Involved => Event is null ? [] : Event.Related.Prepend(Event.Resource);

    public static TriggeredAction Of(ActionTask task)
    {
        using var body = task.Body.ToDocument();
        return new TriggeredAction(task, body.RootElement);
    }

    private static T? Read<T>(JsonElement element) => JsonSerializer.Deserialize(element, ReeveJson.TypeInfo<T>());
}
