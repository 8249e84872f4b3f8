using Reeve.Contract.Automations;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Core.Automations;
using Reeve.Data;
using Reeve.Server.Automations.Actions;
using Reeve.Server.Events;

namespace Reeve.Server.Automations.Triggers;

/// <summary>Turns firings into what follows from them: the event that tells of each, and its actions in the queue, all in the batch that the firing is written by.</summary>
internal static class Acting
{
    public static async Task WriteAsync(
        Db db, IReadOnlyList<(LoadedAutomation Automation, Firing Firing)> fired, SqlBatch batch, DateTimeOffset now, CancellationToken cancel)
    {
        if (fired.Count == 0) return;
        var loops = await LoopGuard.LoadAsync(db, fired, now, cancel);
        foreach (var (automation, firing) in fired)
        {
            if (loops.Admit(batch, automation, firing) is { } depth) Write(batch, automation.Automation, firing, depth, now);
        }
        loops.Write(batch);
        batch.SignalHere(DbTopics.Actions);
    }

    private static void Write(SqlBatch batch, Automation automation, Firing firing, int depth, DateTimeOffset now)
    {
        var told = Triggered(automation, firing);
        Outbox.Add(batch, told);
        LoopGuard.Note(batch, [LoopGuard.OfEvent(told.Id.ToString()), LoopGuard.OfCreator($"prefect.automation.{automation.Id}")], depth, now);
        var json = FiringJson.Of(automation, firing);
        var index = 0;
        foreach (var action in automation.Actions) Queue(action, firing.Event);
        if (automation.ActionsOnTrigger.Count == 0) return;
        var received = Http.JsonText.Of(new ReceivedEvent
        {
            Id = told.Id, Event = told.Name, Occurred = told.Occurred, Resource = told.Resource, Related = told.Related,
            Payload = told.Payload, Follows = told.Follows, Received = now,
        });
        foreach (var action in automation.ActionsOnTrigger) Queue(action, received);

        void Queue(AutomationAction action, RawJson? about)
        {
            var invocation = Guid.CreateVersion7(now);
            var body = FiringJson.OfAction(automation, firing, json, action, index, invocation, told.Id, about);
            ActionQueue.Add(batch, new ActionTask(invocation, automation.Id, firing.Id, index++, action.Type, body, depth, 0), now);
        }
    }

    private static Event Triggered(Automation automation, Firing firing)
    {
        var told = EventDraft.Of("prefect.automation.triggered", "prefect.automation", automation.Id, automation.Name, firing.Triggered);
        if (automation.Trigger is EventTrigger trigger) told.Resource["prefect.posture"] = trigger.Posture.ToString();
        if (firing.Event is { } cause)
        {
            told.Related.Add(new Dictionary<string, string>
            {
                [EventLabels.Id] = $"prefect.event.{EventView.Read(cause).Id}", [EventLabels.Role] = "triggering-event",
            });
        }
        told.Payload = EventPayload.Write(writer =>
        {
            FiringJson.WriteLabels(writer, "triggering_labels", firing.Labels);
            writer.WriteRaw("triggering_event", firing.Event ?? RawJson.None);
        });
        return told;
    }
}
