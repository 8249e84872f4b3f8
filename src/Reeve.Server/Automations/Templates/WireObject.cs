using Reeve.Contract.Json;
using Reeve.Core.JsonSchema;
using Reeve.Core.Python;
using Reeve.Core.Templates;

namespace Reeve.Server.Automations.Templates;

/// <summary>An object of the API as templates see it: its members by the names they have on the wire, times as times.</summary>
internal class WireObject(string typeName, JsonMap map) : ITemplateObject
{
    public string TypeName { get; } = typeName;

    public JsonMap Map { get; } = map;

    /// <summary>The object's id, where it has one.</summary>
    public string? Id => Map.GetValueOrDefault("id") as string;

    public virtual bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        if (!Map.TryGetValue(name, out var raw)) return false;
        value = raw switch
        {
            string text when IsTime(name) && WireInstant.TryParse(text, out var instant) => instant,
            string text when Enumeration(name) is { } enumeration => new EnumText(enumeration, text),
            JsonMap nested when Nested(name, nested) is { } type => new WireObject(type, nested),
            List<object?> list => TemplateValue.List(list.Select(item => item is JsonMap nested && Nested(name, nested) is { } type ? new WireObject(type, nested) : TemplateValue.FromTree(item))),
            double seconds when IsSpan(name) => TimeSpan.FromSeconds(seconds),
            long seconds when IsSpan(name) => TimeSpan.FromSeconds(seconds),
            _ => TemplateValue.FromTree(raw),
        };
        return true;
    }

    public bool TryGetJson(out object? tree)
    {
        tree = Map;
        return true;
    }

    public virtual string Repr()
    {
        var shown = Map.Where(static member => member.Value is null or string or bool or long or double)
            .Select(static member => $"{member.Key}={PythonText.Repr(member.Value)}");
        return $"{TypeName}({string.Join(", ", shown)})";
    }

    /// <summary>The enumeration that a member's text is of, where it is of one.</summary>
    private string? Enumeration(string name) => (TypeName, name) switch
    {
        ("State", "type") or ("FlowRun" or "TaskRun", "state_type") or ("ChangeFlowRunState", "state") => "StateType",
        ("Deployment" or "WorkPool" or "WorkQueue", "status") => TypeName + "Status",
        ("EventTrigger", "posture") => "Posture",
        ("ConcurrencyOptions", "collision_strategy") => "ConcurrencyLimitStrategy",
        _ => null,
    };

    /// <summary>What a member, or each item of one, is an object of, where that has members which are more than text.</summary>
    private string? Nested(string name, JsonMap nested) => (TypeName, name) switch
    {
        ("FlowRun" or "TaskRun", "state") => "State",
        ("State", "state_details") => "StateDetails",
        ("Deployment", "concurrency_options") => "ConcurrencyOptions",
        ("Automation" or "Firing", "trigger") or ("CompoundTrigger" or "SequenceTrigger", "triggers") => nested.GetValueOrDefault("type") switch
        {
            "compound" => "CompoundTrigger", "sequence" => "SequenceTrigger", _ => "EventTrigger",
        },
        ("Automation", "actions" or "actions_on_trigger" or "actions_on_resolve") => string.Concat(
            (nested.GetValueOrDefault("type") as string ?? "").Split('-', StringSplitOptions.RemoveEmptyEntries).Select(static word => char.ToUpperInvariant(word[0]) + word[1..])),
        _ => null,
    };

    /// <summary>The wire has spans of time as seconds; only their names tell.</summary>
    private static bool IsSpan(string name) => name is "total_run_time" or "estimated_run_time" or "estimated_start_time_delta" or "within" or "schedule_after";

    /// <summary>The wire has times as text; only their names tell.</summary>
    private static bool IsTime(string name) =>
        name is "created" or "updated" or "timestamp" or "occurred" or "received" or "triggered" or "last_polled" or "pause_timeout"
        || name.EndsWith("_time", StringComparison.Ordinal) || name.EndsWith("_timestamp", StringComparison.Ordinal) || name.EndsWith("_at", StringComparison.Ordinal);
}
