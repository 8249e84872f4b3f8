using Reeve.Contract.Automations;
using Reeve.Core.Automations;

namespace Reeve.Server.Automations.Triggers;

/// <summary>An enabled automation with its trigger made ready.</summary>
internal sealed record LoadedAutomation(Automation Automation, TriggerRule Root)
{
    public static LoadedAutomation Of(Automation automation) => new(automation, TriggerRules.From(automation.Trigger));

    public Guid Id => Automation.Id;

    public bool HasComposites => Root is CompositeRule;
}
