using System.Text.Json;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Server.Events;

namespace Reeve.Server.FlowRuns;

/// <summary>What is told of flow runs: their new states, see events.md §11.1.</summary>
internal static class FlowRunEvents
{
    public static Event StateChanged(FlowRunStateChanged change, FlowRunRelated related)
    {
        var told = new Event
        {
            Id = change.Id,
            Name = change.Event,
            Occurred = change.Occurred,
            Follows = change.Follows,
            Resource = new Dictionary<string, string>(change.Resource()),
            Payload = Payload(change),
        };
        AddRelated(told, related);
        return told;
    }

    private static void AddRelated(Event told, FlowRunRelated related)
    {
        if (related.Flow is { } flow) told.With("prefect.flow", flow.Id, flow.Name, "flow");
        if (related.Deployment is { } deployment) told.With("prefect.deployment", deployment.Id, deployment.Name, "deployment");
        if (related.WorkQueue is { } queue) told.With("prefect.work-queue", queue.Id, queue.Name, "work-queue");
        if (related.WorkPool is { } pool)
        {
            told.With("prefect.work-pool", pool.Id, pool.Name, "work-pool");
            told.Related[^1]["prefect.work-pool.type"] = pool.Type;
        }
        if (related.ParentTask is { } task) told.With("prefect.task-run", task.Id, task.Name, "task-run");
        foreach (var tag in related.Tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            told.Related.Add(new Dictionary<string, string> { ["prefect.resource.id"] = $"prefect.tag.{tag}", ["prefect.resource.role"] = "tag" });
        }
        AddCreator(told, related);
    }

    private static void AddCreator(Event told, FlowRunRelated related)
    {
        if (related.CreatedBy is not { Id: { } id, Type: "DEPLOYMENT" or "AUTOMATION" } creator) return;
        var kind = creator.Type == "DEPLOYMENT" ? "deployment" : "automation";
        var resource = new Dictionary<string, string> { ["prefect.resource.id"] = $"prefect.{kind}.{id}", ["prefect.resource.role"] = "creator" };
        if (!string.IsNullOrEmpty(creator.DisplayValue)) resource["prefect.resource.name"] = creator.DisplayValue;
        told.Related.Add(resource);
    }

    private static RawJson Payload(FlowRunStateChanged change)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, EventPayload.Options)) change.WritePayload(writer);
        return new RawJson(buffer.WrittenMemory);
    }
}
