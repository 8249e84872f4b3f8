using Reeve.Core.Automations;

namespace Reeve.Server.Automations.Triggers;

/// <summary>An event trigger of an enabled automation.</summary>
/// <param name="Automation">The automation.</param>
/// <param name="Rule">The trigger.</param>
/// <param name="Position">Its place among the automation's event triggers, as they are written: a sequence takes an event for them in this order.</param>
internal sealed record LoadedTrigger(LoadedAutomation Automation, EventRule Rule, int Position)
{
    /// <summary>Whether its one bucket is always there: absence counts from the moment it was made.</summary>
    public bool IsStanding => Rule is { IsProactive: true, ForEach.Count: 0, After.Count: 0 };
}
