using Reeve.Core.JsonSchema;
using Reeve.Server.Events;

namespace Reeve.Server.Automations.Actions;

/// <summary>What an action tells of itself while it is done: the resources it acted on, and details of the result.</summary>
internal sealed class ActionReport
{
    public List<Dictionary<string, string>> Related { get; } = [];

    /// <summary>Members of the event's payload behind the fixed ones.</summary>
    public JsonMap Details { get; } = [];

    public int StatusCode { set => Details["status_code"] = (long)value; }

    public void Add(string kind, Guid id, string role, string? name = null)
    {
        var resource = new Dictionary<string, string> { [EventLabels.Id] = $"{kind}.{id}" };
        if (name is not null) resource[EventLabels.Name] = name;
        resource[EventLabels.Role] = role;
        Related.Add(resource);
    }
}
