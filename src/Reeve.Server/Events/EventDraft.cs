using Reeve.Contract.Events;
using Reeve.Core;

namespace Reeve.Server.Events;

/// <summary>Builds the events that the server itself emits.</summary>
internal static class EventDraft
{
    /// <param name="name">Such as <c>prefect.flow.created</c>.</param>
    /// <param name="kind">Such as <c>prefect.flow</c>; with the id it makes the resource id.</param>
    /// <param name="id">The id of the object told of.</param>
    /// <param name="objectName">The object's own name.</param>
    /// <param name="now">When it happened.</param>
    public static Event Of(string name, string kind, Guid id, string objectName, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Name = name,
        Occurred = now,
        Resource = Resource(kind, id, objectName),
        Payload = RawJson.EmptyObject,
    };

    public static Dictionary<string, string> Resource(string kind, Guid id, string objectName) => new()
    {
        ["prefect.resource.id"] = $"{kind}.{id}",
        ["prefect.resource.name"] = objectName,
    };

    /// <summary>Adds a related resource with its role.</summary>
    public static Event With(this Event told, string kind, Guid id, string objectName, string role)
    {
        var resource = Resource(kind, id, objectName);
        resource["prefect.resource.role"] = role;
        told.Related.Add(resource);
        return told;
    }
}
