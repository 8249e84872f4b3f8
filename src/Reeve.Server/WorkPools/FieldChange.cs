using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools;

/// <summary>One member that an update changed, as an event tells of it.</summary>
internal sealed record FieldChange(string Field, RawJson From, RawJson To)
{
    /// <summary>Notes a change, if there is one. JSON is compared by value: spacing and the order of keys are no change.</summary>
    public static void Note<T>(List<FieldChange> changes, string field, T from, T to)
    {
        var change = new FieldChange(field, Json(from), Json(to));
        if (!JsonTree.AreEqual(JsonTree.Parse(change.From.Utf8), JsonTree.Parse(change.To.Utf8))) changes.Add(change);
    }

    /// <summary>The payload of an <c>updated</c> event.</summary>
    public static RawJson Payload(IReadOnlyList<FieldChange> changes) => EventPayload.Write(writer =>
    {
        writer.WriteStrings("updated_fields", changes.Select(static change => change.Field));
        writer.WriteStartObject("updates");
        foreach (var change in changes)
        {
            writer.WriteStartObject(change.Field);
            writer.WriteRaw("from", change.From);
            writer.WriteRaw("to", change.To);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    });

    private static RawJson Json<T>(T value) => value is RawJson raw ? raw : JsonText.Of(value);
}
