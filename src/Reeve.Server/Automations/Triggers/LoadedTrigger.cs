using Reeve.Core.Automations;

namespace Reeve.Server.Automations.Triggers;

/// <summary>An event trigger of an enabled automation.</summary>
internal sealed record LoadedTrigger(LoadedAutomation Automation, EventRule Rule)
{
    /// <summary>Whether its one bucket is always there: absence counts from the moment it was made.</summary>
    public bool IsStanding => Rule is { IsProactive: true, ForEach.Count: 0, After.Count: 0 };
}
