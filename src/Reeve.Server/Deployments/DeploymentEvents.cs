using Reeve.Contract.Events;
using Reeve.Server.Events;

namespace Reeve.Server.Deployments;

/// <summary>What is told of deployments, see events.md §11.2.</summary>
internal static class DeploymentEvents
{
    private const string Kind = "prefect.deployment";

    public static Event Created(Guid id, string name, DeploymentSurroundings around, DateTimeOffset now) => Of("created", id, name, around, now);

    public static Event Deleted(DeploymentRecord deployment, DateTimeOffset now) => Of("deleted", deployment, now);

    public static Event Ready(DeploymentRecord deployment, DateTimeOffset now) => Of("ready", deployment, now);

    public static Event NotReady(DeploymentRecord deployment, DateTimeOffset now) => Of("not-ready", deployment, now);

    public static Event Updated(
        Guid id, string name, DeploymentSurroundings around, IReadOnlyList<DeploymentChange> changes, DateTimeOffset now)
    {
        var told = Of("updated", id, name, around, now);
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteStrings("updated_fields", changes.Select(change => change.Column));
            writer.WriteStartObject("updates");
            foreach (var change in changes)
            {
                writer.WriteStartObject(change.Column);
                writer.WriteRaw("from", change.From);
                writer.WriteRaw("to", change.To);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        });
        return told;
    }

    private static Event Of(string what, DeploymentRecord deployment, DateTimeOffset now) =>
        Of(what, deployment.Id, deployment.Wire.Name, deployment.Surroundings, now);

    private static Event Of(string what, Guid id, string name, DeploymentSurroundings around, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, id, name, now).With("prefect.flow", around.FlowId, around.FlowName, "flow");
        if (around.QueueId is { } queue) told.With("prefect.work-queue", queue, around.QueueName ?? "", "work-queue");
        if (around.WorkPoolId is { } pool)
        {
            told.Related.Add(new Dictionary<string, string>
            {
                ["prefect.resource.id"] = $"prefect.work-pool.{pool}",
                ["prefect.resource.name"] = around.WorkPoolName ?? "",
                ["prefect.work-pool.type"] = around.WorkPoolType ?? "",
                ["prefect.resource.role"] = "work-pool",
            });
        }
        Nameless(told, "prefect.block-document", around.StorageDocumentId, "storage");
        Nameless(told, "prefect.block-document", around.InfrastructureDocumentId, "infrastructure");
        Nameless(told, "prefect.concurrency-limit", around.ConcurrencyLimitId, "concurrency-limit");
        return told;
    }

    private static void Nameless(Event told, string kind, Guid? id, string role)
    {
        if (id is null) return;
        told.Related.Add(new Dictionary<string, string>
        {
            ["prefect.resource.id"] = $"{kind}.{id}",
            ["prefect.resource.role"] = role,
        });
    }
}
