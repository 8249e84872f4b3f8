using System.Text.Json.Serialization;

namespace Reeve.Contract.Automations;

/// <summary>What an automation does when it fires, told apart by <c>type</c>.</summary>
[JsonConverter(typeof(AutomationActionConverter))]
public abstract class AutomationAction
{
    private protected AutomationAction()
    {
    }

    public abstract string Type { get; }
}
