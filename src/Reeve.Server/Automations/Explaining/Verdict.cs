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
                ? $"It is held back until {Instant(loop.BrokenUntil.Value)}, because {loop.Reason ?? "it is part of a loop"}. Firings left out so far: {loop.Suppressed}."
                : $"Firings left out in the past: {loop.Suppressed}, because {loop.Reason ?? "it was part of a loop"}.");
        }
        said.Add(answer.Firings is [var last, ..] ? $"It last fired at {Instant(last.Fired)}." : "It has not fired, as far back as events are kept.");
        if (Last(answer.Actions) is { } action) said.Add(Of(action));
        foreach (var trigger in answer.Triggers.Where(static one => one.Required is null)) said.AddRange(Of(trigger));
        foreach (var trigger in answer.Triggers.Where(static one => one.Required > 1)) said.Add(OfComposite(trigger, answer));
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
        var about = About(trigger);
        if (trigger.LastMatch is { } match)
            yield return $"{about}The last event that concerns it is {match.Event} of {match.ResourceId} at {Instant(match.Occurred)}: {match.Reason}.";
        else if (trigger.NearMisses is [var miss, ..])
            yield return $"{about}No event was found that concerns it; the nearest is {miss.Event} of {miss.ResourceId} at {Instant(miss.Occurred)}: {miss.Reason}.";
        else if (trigger.ParentId is null)
            yield return $"No event was found that concerns it: it waits until {trigger.Waits}.";
        else
            yield return $"{about}No event was found that concerns it.";
    }

    private static string OfComposite(TriggerExplanation trigger, AutomationExplanation answer)
    {
        var fired = trigger.ChildFirings.Where(one => one.Until is null || one.Until >= answer.AsOf).Select(static one => one.TriggerId).ToHashSet();
        var missing = answer.Triggers.Where(one => one.ParentId == trigger.Id && !fired.Contains(one.Id)).Select(static one => $"'{one.Waits}'").ToList();
        var count = fired.Count == 1 ? "1 of its triggers has fired" : $"{fired.Count} of its triggers have fired";
        return $"{About(trigger)}{(trigger.ParentId is null ? "It waits until " + trigger.Waits + ". By now " : "By now ")}{count}{(missing.Count == 0 ? "" : ", not yet " + string.Join(" and ", missing))}.";
    }

    /// <summary>Which trigger is spoken of, where there are several.</summary>
    private static string About(TriggerExplanation trigger) => trigger.ParentId is null ? "" : $"Its trigger '{trigger.Waits}': ";

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
