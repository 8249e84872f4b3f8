using Reeve.Contract.Events;

namespace Reeve.Server.Events;

/// <summary>The labels of resources that mean something to the server.</summary>
internal static class EventLabels
{
    public const string Id = "prefect.resource.id";
    public const string Role = "prefect.resource.role";
    public const string Name = "prefect.resource.name";
    public const string Orchestration = "prefect.orchestration";

    /// <summary>The resource's own id.</summary>
    public static string ResourceId(this IReadOnlyDictionary<string, string> resource) => resource.GetValueOrDefault(Id) ?? "";

    /// <summary>The first related resource in a role.</summary>
    public static IReadOnlyDictionary<string, string>? InRole(this ReceivedEvent told, string role) =>
        told.Related.Find(resource => resource.GetValueOrDefault(Role) == role);

    /// <summary>The id of the object a resource stands for, when it is one of <paramref name="kind"/>, such as <c>prefect.task-run</c>.</summary>
    public static Guid? ObjectId(this IReadOnlyDictionary<string, string> resource, string kind)
    {
        var id = resource.ResourceId();
        return id.StartsWith(kind + ".", StringComparison.Ordinal) && Guid.TryParse(id.AsSpan(kind.Length + 1), out var found) ? found : null;
    }
}
