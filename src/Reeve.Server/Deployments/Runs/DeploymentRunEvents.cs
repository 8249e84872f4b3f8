using System.Buffers;
using System.Text.Json;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Server.Events;

namespace Reeve.Server.Deployments.Runs;

/// <summary>The first state of a run, as it is told; see events.md §11.1.</summary>
internal static class DeploymentRunEvents
{
    public static Event Started(FlowRunStateChanged change, DeploymentRunDraft draft, QueuePlace? queue)
    {
        var told = new Event
        {
            Id = change.Id, Name = change.Event, Occurred = change.Occurred, Follows = change.Follows,
            Resource = new Dictionary<string, string>(change.Resource()),
            Payload = Payload(change),
        };
        var deployment = draft.Deployment;
        var around = queue is null ? deployment.Surroundings : DeploymentChanges.In(deployment.Surroundings, queue);
        told.With("prefect.flow", around.FlowId, around.FlowName, "flow").With("prefect.deployment", deployment.Id, deployment.Wire.Name, "deployment");
        if (around.QueueId is { } id) told.With("prefect.work-queue", id, around.QueueName ?? "", "work-queue");
        if (around.WorkPoolId is { } pool)
        {
            told.With("prefect.work-pool", pool, around.WorkPoolName ?? "", "work-pool");
            told.Related[^1]["prefect.work-pool.type"] = around.WorkPoolType ?? "";
        }
        foreach (var tag in draft.Tags.Order(StringComparer.Ordinal))
        {
            told.Related.Add(new Dictionary<string, string> { ["prefect.resource.id"] = $"prefect.tag.{tag}", ["prefect.resource.role"] = "tag" });
        }
        if (draft.CreatedBy is { Id: { } creator })
        {
            told.Related.Add(new Dictionary<string, string>
            {
                ["prefect.resource.id"] = $"prefect.automation.{creator}",
                ["prefect.resource.role"] = "creator",
                ["prefect.resource.name"] = draft.CreatedBy.DisplayValue ?? "",
            });
        }
        return told;
    }

    private static RawJson Payload(FlowRunStateChanged change)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer)) change.WritePayload(writer);
        return new RawJson(buffer.WrittenMemory);
    }
}
