using System.Buffers.Binary;
using System.Security.Cryptography;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Data;
using Reeve.Settings.Views;

namespace Reeve.Server.Events;

/// <summary>Stores events: one row in <c>events</c>, and in <c>event_resources</c> one for each resource involved.</summary>
internal sealed class EventPersister(Db db, ServerSettings settings) : IEventConsumer
{
    public string Name => "EventPersister";

    public bool IsEnabled { get; } = settings.Services.EventPersister.Enabled;

    public async Task PrepareAsync(SqlBatch batch, IReadOnlyList<ReceivedEvent> events, DateTimeOffset now, CancellationToken cancel)
    {
        // What is stored meanwhile, by another relay that was given a second copy, has the same keys.
        var stored = await db.ListAsync(
            $"select id from events where id = any({events.Select(static told => told.Id).ToArray()})", static row => row.GetGuid(0), cancel);
        List<ReceivedEvent> fresh = stored.Count == 0 ? [.. events] : [.. events.Where(told => !stored.Contains(told.Id))];
        if (fresh.Count == 0) return;
        batch.Insert(
            $"""
            insert into events
                (id, created, updated, occurred, event, resource_id, resource, related_resource_ids, related, payload, received, recorded, follows)
            """,
            fresh,
            told => $"({told.Id}, {now}, {now}, {told.Occurred}, {told.Event}, {told.Resource.ResourceId()}, {Json(told.Resource)}, {RelatedIds(told)}, {Json(told.Related)}, {told.Payload}, {told.Received}, {now}, {told.Follows})",
            $"on conflict do nothing");
        batch.Insert(
            $"insert into event_resources (id, created, updated, occurred, resource_id, resource_role, resource, event_id)",
            [.. fresh.SelectMany(Resources)],
            row => $"({row.Id}, {now}, {now}, {row.Told.Occurred}, {row.Resource.ResourceId()}, {row.Role}, {Labels(row.Resource)}, {row.Told.Id})",
            $"on conflict do nothing");
    }

    private static IEnumerable<(Guid Id, ReceivedEvent Told, Dictionary<string, string> Resource, string Role)> Resources(ReceivedEvent told)
    {
        yield return (RowId(told.Id, 0), told, told.Resource, "");
        for (var i = 0; i < told.Related.Count; i++)
        {
            yield return (RowId(told.Id, i + 1), told, told.Related[i], told.Related[i].GetValueOrDefault(EventLabels.Role) ?? "");
        }
    }

    /// <summary>The same for the same resource of the same event, so that two relays that store it at once store it once.</summary>
    private static Guid RowId(Guid eventId, int index)
    {
        Span<byte> key = stackalloc byte[20];
        eventId.TryWriteBytes(key);
        BinaryPrimitives.WriteInt32BigEndian(key[16..], index);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(key, hash);
        hash[6] = (byte)(hash[6] & 0x0f | 0x80);
        hash[8] = (byte)(hash[8] & 0x3f | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static RawJson Labels(Dictionary<string, string> resource)
    {
        var others = new Dictionary<string, string>(resource);
        others.Remove(EventLabels.Id);
        others.Remove(EventLabels.Role);
        return Json(others);
    }

    private static RawJson RelatedIds(ReceivedEvent told) =>
        Json(told.Related.ConvertAll(static resource => resource.ResourceId()));

    private static RawJson Json<T>(T value) => RawJson.From(value, ReeveJson.TypeInfo<T>());
}
