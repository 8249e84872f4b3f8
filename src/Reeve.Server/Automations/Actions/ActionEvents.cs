using System.Text.Json;
using Reeve.Contract.Automations;
using Reeve.Contract.Events;
using Reeve.Core.JsonSchema;
using Reeve.Server.Events;

namespace Reeve.Server.Automations.Actions;

/// <summary>What is told of an action once it is done or has failed; see automations.md §6.2.</summary>
internal static class ActionEvents
{
    /// <summary>An action is said to follow its event only if that is no older than this.</summary>
    private static readonly TimeSpan Close = TimeSpan.FromMinutes(5);

    /// <param name="action">The action.</param>
    /// <param name="report">What it told while it was done.</param>
    /// <param name="failure">Why it failed; null when it did not.</param>
    /// <param name="now">When it ended.</param>
    public static (Event Triggered, Event Ended) Of(TriggeredAction action, ActionReport report, string? failure, DateTimeOffset now)
    {
        var triggered = Draft("triggered", action, report, action.Triggered, static _ => { });
        triggered.Follows = action.Event is { } cause && (action.Triggered - cause.Occurred).Duration() < Close ? cause.Id : null;
        var ended = Draft(failure is null ? "executed" : "failed", action, report, now, writer =>
        {
            if (failure is not null) writer.WriteString("reason", failure);
            foreach (var (name, value) in report.Details)
            {
                writer.WritePropertyName(name);
                JsonTree.Write(writer, value);
            }
        });
        ended.Follows = triggered.Id;
        return (triggered, ended);
    }

    private static Event Draft(string what, TriggeredAction action, ActionReport report, DateTimeOffset occurred, Action<Utf8JsonWriter> details)
    {
        var told = EventDraft.Of($"prefect.automation.action.{what}", "prefect.automation", action.Automation.Id, action.Automation.Name, occurred);
        told.Resource["prefect.trigger-type"] = action.Automation.Trigger.Type;
        if (action.Automation.Trigger is EventTrigger trigger) told.Resource["prefect.posture"] = trigger.Posture.ToString();
        told.Related.AddRange(report.Related.Select(static resource => new Dictionary<string, string>(resource)));
        told.Related.Add(EventResource(action.TriggeredEventId, "automation-triggered-event"));
        if (action.Event is { } cause) told.Related.Add(EventResource(cause.Id, "triggering-event"));
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteNumber("action_index", action.Task.Index);
            writer.WriteString("action_type", action.Action.Type);
            writer.WriteString("invocation", action.Task.Id);
            details(writer);
        });
        return told;
    }

    private static Dictionary<string, string> EventResource(Guid id, string role) => new()
    {
        [EventLabels.Id] = $"prefect.event.{id}", [EventLabels.Role] = role,
    };
}
