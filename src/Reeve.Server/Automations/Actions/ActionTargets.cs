using Reeve.Contract.Automations;
using Reeve.Server.Events;

namespace Reeve.Server.Automations.Actions;

/// <summary>Finds what an action is to act upon: what its author selected, or what the event is about.</summary>
internal static class ActionTargets
{
    private const string FlowRun = "prefect.flow-run";

    /// <exception cref="ActionFailure">There is none.</exception>
    public static Guid FlowRunOf(TriggeredAction action) =>
        ObjectId(action.Labels.GetValueOrDefault(EventLabels.Id), FlowRun)
        ?? action.Involved.Select(static resource => resource.ObjectId(FlowRun)).FirstOrDefault(static id => id is not null)
        ?? throw new ActionFailure("No flow run could be inferred");

    /// <param name="action">What acts.</param>
    /// <param name="source">Whether the object was selected.</param>
    /// <param name="selected">The object that was.</param>
    /// <param name="kind">Such as <c>prefect.work-pool</c>.</param>
    /// <param name="words">What messages call it.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public static Guid Of(TriggeredAction action, ActionSource source, Guid? selected, string kind, string words)
    {
        if (source == ActionSource.Selected) return selected ?? throw new ActionFailure($"{words}_id is required");
        if (action.Event is null) throw new ActionFailure($"No event to infer the {words}");
        return Involved(action, kind) ?? throw new ActionFailure($"No {words} could be inferred");
    }

    /// <summary>The object of a kind that the event names first. If that one has no id, others are not looked for.</summary>
    public static Guid? Involved(TriggeredAction action, string kind)
    {
        foreach (var resource in action.Involved)
        {
            var id = resource.ResourceId();
            var dot = id.LastIndexOf('.');
            if (dot == kind.Length && id.StartsWith(kind, StringComparison.Ordinal)) return Guid.TryParse(id.AsSpan(dot + 1), out var found) ? found : null;
        }
        return null;
    }

    private static Guid? ObjectId(string? resource, string kind) =>
        resource is not null && resource.StartsWith(kind + ".", StringComparison.Ordinal) && Guid.TryParse(resource.AsSpan(kind.Length + 1), out var id) ? id : null;
}
