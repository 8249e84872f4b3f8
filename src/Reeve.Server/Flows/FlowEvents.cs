using Reeve.Contract.Events;
using Reeve.Contract.Flows;
using Reeve.Core;
using Reeve.Server.Events;

namespace Reeve.Server.Flows;

/// <summary>What is told of flows: snapshots, see events.md §11.5.</summary>
internal static class FlowEvents
{
    private const string Kind = "prefect.flow";

    public static Event Created(Guid id, FlowCreate flow, DateTimeOffset now) =>
        Of("created", id, flow.Name, flow.Tags, flow.Labels.OrEmptyObject(), now);

    public static Event Updated(Flow flow, DateTimeOffset now) => Of("updated", flow.Id, flow.Name, flow.Tags, flow.Labels, now);

    public static Event Deleted(Flow flow, DateTimeOffset now) => Of("deleted", flow.Id, flow.Name, flow.Tags, flow.Labels, now);

    private static Event Of(string what, Guid id, string name, List<string> tags, RawJson labels, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, id, name, now);
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteString("name", name);
            writer.WriteStrings("tags", tags);
            writer.WriteRaw("labels", labels);
        });
        return told;
    }
}
