using Reeve.Contract.Events;
using Reeve.Contract.Variables;
using Reeve.Server.Events;

namespace Reeve.Server.Variables;

/// <summary>What is told of variables: snapshots, see events.md §11.5.</summary>
internal static class VariableEvents
{
    private const string Kind = "prefect.variable";

    public static Event Created(Variable variable, DateTimeOffset now) => Of("created", variable, now);

    public static Event Updated(Variable variable, DateTimeOffset now) => Of("updated", variable, now);

    public static Event Deleted(Variable variable, DateTimeOffset now) => Of("deleted", variable, now);

    private static Event Of(string what, Variable variable, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, variable.Id, variable.Name, now);
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteString("name", variable.Name);
            writer.WriteRaw("value", variable.Value);
            writer.WriteStrings("tags", variable.Tags);
        });
        return told;
    }
}
