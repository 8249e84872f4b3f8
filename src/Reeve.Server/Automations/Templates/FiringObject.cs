using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Templates;
using Reeve.Server.Automations.Triggers;

namespace Reeve.Server.Automations.Templates;

/// <summary>A firing of a trigger as templates see it, with its event and the firings that it came of.</summary>
internal sealed class FiringObject(JsonMap map, UiUrls urls) : WireObject("Firing", map)
{
    /// <summary>The event that made it fire, or null.</summary>
    public EventObject? Event => Map.GetValueOrDefault("triggering_event") is JsonMap told
        ? new EventObject(EventView.Read(new RawJson(JsonTree.ToUtf8(told))), urls) : null;

    /// <summary>This firing and all that it came of, outermost first.</summary>
    public IEnumerable<FiringObject> All => Causes.SelectMany(static cause => cause.All).Prepend(this);

    private IEnumerable<FiringObject> Causes =>
        (Map.GetValueOrDefault("triggering_firings") as List<object?> ?? []).OfType<JsonMap>().Select(cause => new FiringObject(cause, urls));

    public override bool TryGetAttribute(string name, out object? value)
    {
        switch (name)
        {
            case "triggering_event":
                value = Event;
                return true;
            case "triggering_firings":
                value = TemplateValue.List(Causes);
                return true;
            case "trigger_states":
                value = TemplateValue.List((Map.GetValueOrDefault(name) as List<object?> ?? []).OfType<string>().Select(static state => new EnumText("TriggerState", state)));
                return true;
            default:
                return base.TryGetAttribute(name, out value);
        }
    }
}
