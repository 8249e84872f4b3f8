using System.Globalization;
using Reeve.Contract.Automations.Explanations;

namespace Reeve.Server.Automations.Explaining;

/// <summary>The short answer to why an automation did or did not fire.</summary>
internal static class Verdict
{
    public static List<string> Of(AutomationExplanation answer)
    {
        var said = new List<string>();
        if (!answer.Enabled) said.Add("It is paused, so nothing is evaluated. Resume it to have it evaluated from the next event on.");
        if (answer.Loop is { } loop)
        {
            said.Add(loop.BrokenUntil > answer.AsOf
                ? $"It is held back until {Instant(loop.BrokenUntil.Value)}, for {loop.Reason ?? "it is part of a loop"}. {loop.Suppressed} firings were left out."
                : $"{loop.Suppressed} firings were left out in the past, for {loop.Reason ?? "it was part of a loop"}.");
        }
        said.Add(answer.Firings is [var last, ..] ? $"It last fired at {Instant(last.Fired)}." : "It has not fired, as far back as events are kept.");
        if (Last(answer.Actions) is { } action) said.Add(Of(action));
        foreach (var trigger in answer.Triggers.Where(static one => one.Required is null)) said.AddRange(Of(trigger));
        foreach (var trigger in answer.Triggers.Where(static one => one.Required > 1))
            said.Add($"{trigger.ChildFirings.Count} triggers of {trigger.Id} have fired; it waits until {trigger.Waits}.");
        if (answer.NextEvaluation is { } next) said.Add($"It is evaluated next at {Instant(next)}, or when an event comes.");
        return said;
    }

    /// <summary>Of the actions queued last, one that failed, if any did.</summary>
    private static ActionExplanation? Last(List<ActionExplanation> actions) =>
        actions.Find(one => one.Queued == actions[0].Queued && one.Status is not ("done" or "waiting")) ?? actions.FirstOrDefault();

    private static string Of(ActionExplanation action) => action.Status switch
    {
        "waiting" when action.Attempts > 0 => $"Its last action, {action.Type}, is tried again or still under way after {action.Attempts} attempts: {action.Reason ?? "no reason is known yet"}",
        "waiting" => $"Its last action, {action.Type}, waits to be done.",
        "done" => $"Its last action, {action.Type}, was done.",
        _ => $"Its last action, {action.Type}, failed: {action.Reason}",
    };

    private static IEnumerable<string> Of(TriggerExplanation trigger)
    {
        if (trigger.LastMatch is { } match)
            yield return $"The last event that concerns it is {match.Event} of {match.ResourceId} at {Instant(match.Occurred)}: {match.Reason}.";
        else if (trigger.NearMisses is [var miss, ..])
            yield return $"None of {trigger.EventsLookedAt} events looked at concerns it; the nearest is {miss.Event} of {miss.ResourceId} at {Instant(miss.Occurred)}: {miss.Reason}.";
        else
            yield return $"None of {trigger.EventsLookedAt} events looked at concerns it: it waits until {trigger.Waits}.";
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
