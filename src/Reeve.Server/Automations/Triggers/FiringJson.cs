using System.Text.Json;
using Reeve.Contract.Automations;
using Reeve.Contract.Json;
using Reeve.Core;
using Reeve.Core.Automations;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Automations.Triggers;

/// <summary>Firings and triggered actions as Prefect stores them.</summary>
internal static class FiringJson
{
    public static RawJson Of(Automation automation, Firing firing) => EventPayload.Write(writer =>
    {
        writer.WriteString("id", firing.Id);
        writer.WriteRaw("trigger", JsonText.Of(TriggerRules.Find(automation.Trigger, firing.Trigger.Id)!));
        writer.WriteStrings("trigger_states", ["Triggered"]);
        writer.WriteString("triggered", WireInstant.Format(firing.Triggered));
        WriteLabels(writer, "triggering_labels", firing.Labels);
        writer.WriteStartArray("triggering_firings");
        foreach (var cause in firing.Causes) cause.Json.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteRaw("triggering_event", firing.Event ?? RawJson.None);
        writer.WriteNull("triggering_value");
    });

    public static RawJson OfAction(
        Automation automation, Firing firing, RawJson firingJson, AutomationAction action, int index, Guid invocation, Guid triggeredEvent, RawJson? told) =>
        EventPayload.Write(writer =>
        {
            writer.WriteRaw("automation", JsonText.Of(automation));
            writer.WriteString("id", invocation);
            writer.WriteRaw("firing", firingJson);
            writer.WriteString("triggered", WireInstant.Format(firing.Triggered));
            WriteLabels(writer, "triggering_labels", firing.Labels);
            writer.WriteRaw("triggering_event", told ?? RawJson.None);
            writer.WriteRaw("action", JsonText.Of(action));
            writer.WriteNumber("action_index", index);
            writer.WriteString("automation_triggered_event_id", triggeredEvent);
        });

    public static void WriteLabels(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> labels)
    {
        writer.WriteStartObject(name);
        foreach (var (label, value) in labels) writer.WriteString(label, value);
        writer.WriteEndObject();
    }
}
