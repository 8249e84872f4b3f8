using Reeve.Cli.Output;
using Reeve.Contract.Automations.Explanations;

namespace Reeve.Cli.Commands.Automations;

/// <summary>Prints why an automation did or did not fire: the short answer first, then what it is drawn from.</summary>
internal static class ExplanationText
{
    public static void Print(CommandContext context, AutomationExplanation told)
    {
        var output = context.Output;
        output.Line($"{told.Name} ({told.Id}), as of {TimeText.Instant(told.AsOf)}");
        foreach (var sentence in told.Verdict) output.Line($"- {sentence}");
        foreach (var trigger in told.Triggers) Print(output, trigger);
        Section(
            output, "Firings", ["Fired", "Event", "Set off by"],
            [.. told.Firings.Select(static one => new[] { TimeText.Instant(one.Fired), one.EventId.ToString(), one.TriggeringEventId?.ToString() ?? "the absence of events" })]);
        Section(
            output, "Actions", ["Queued", "Action", "Status", "Attempts", "Finished", "Reason"],
            [.. told.Actions.Select(static one => new[]
            {
                TimeText.Instant(one.Queued), $"{one.Index} {one.Type}", one.Status, $"{one.Attempts}", TimeText.Instant(one.Finished), one.Reason ?? "-",
            })]);
        if (told.Loop is { Notices.Count: > 0 } loop) output.Line($"Loops broken at {string.Join(", ", loop.Notices.Select(static one => TimeText.Instant(one)))}");
    }

    private static void Print(CliOutput output, TriggerExplanation trigger)
    {
        output.Line();
        output.Line($"Trigger {trigger.Id} ({trigger.Type}) waits until {trigger.Waits}");
        Section(
            output, "Events", ["Occurred", "Event", "Resource", "What became of it"],
            [.. (trigger.LastMatch is { } match ? trigger.NearMisses.Prepend(match) : trigger.NearMisses)
                .Select(static one => new[] { TimeText.Instant(one.Occurred), one.Event, one.ResourceId, one.Reason })]);
        Section(
            output, trigger.BucketCount > trigger.Buckets.Count ? $"Windows, {trigger.Buckets.Count} of {trigger.BucketCount}" : "Windows", ["Counted", "From", "Until", "For"],
            [.. trigger.Buckets.Select(static one => new[]
            {
                $"{one.Count} of {one.Threshold}", TimeText.Instant(one.Start), TimeText.Instant(one.End),
                one.Labels.Count == 0 ? "-" : string.Join(", ", one.Labels.Select(static label => $"{label.Key}={label.Value}")),
            })]);
        Section(
            output, $"Triggers of it that fired; {trigger.Required} must", ["Trigger", "Fired", "Counts until"],
            [.. trigger.ChildFirings.Select(static one => new[] { one.TriggerId.ToString(), TimeText.Instant(one.Fired), TimeText.Instant(one.Until) })]);
    }

    private static void Section(CliOutput output, string title, IReadOnlyList<string> columns, IReadOnlyList<string?[]> rows)
    {
        if (rows.Count == 0) return;
        output.Line();
        output.Line(title);
        output.Table(columns, rows, "");
    }
}
