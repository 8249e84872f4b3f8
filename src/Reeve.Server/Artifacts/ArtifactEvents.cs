using Reeve.Contract.Artifacts;
using Reeve.Contract.Events;
using Reeve.Server.Events;

namespace Reeve.Server.Artifacts;

/// <summary>What is told of the newest artifact of a key: snapshots, see events.md §11.5.</summary>
internal static class ArtifactEvents
{
    private const string Kind = "prefect.artifact-collection";

    public static Event Created(ArtifactCollection collection, DateTimeOffset now) => Of("created", collection, now);

    public static Event Updated(ArtifactCollection collection, DateTimeOffset now) => Of("updated", collection, now);

    public static Event Deleted(ArtifactCollection collection, DateTimeOffset now) => Of("deleted", collection, now);

    private static Event Of(string what, ArtifactCollection collection, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, collection.Id, collection.Key, now);
        Relate(told, $"prefect.artifact.{collection.LatestId}", "latest");
        if (collection.FlowRunId is { } flowRun) Relate(told, $"prefect.flow-run.{flowRun}", "flow-run");
        if (collection.TaskRunId is { } taskRun) Relate(told, $"prefect.task-run.{taskRun}", "task-run");
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteString("key", collection.Key);
            writer.WriteString("type", collection.Type);
            writer.WriteRaw("data", collection.Data);
            writer.WriteString("description", collection.Description);
        });
        return told;
    }

    private static void Relate(Event told, string id, string role) =>
        told.Related.Add(new() { ["prefect.resource.id"] = id, ["prefect.resource.role"] = role });
}
