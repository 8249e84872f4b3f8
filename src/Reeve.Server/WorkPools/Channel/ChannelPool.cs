using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Json;
using Reeve.Contract.WorkPools;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.WorkPools.Channel;

/// <summary>A work pool as a channel shows it: the members of websockets.md §5.4, in their order.</summary>
internal static class ChannelPool
{
    public static void WriteSnapshot(Utf8JsonWriter writer, int sequence, string reason, WorkPoolRecord record)
    {
        writer.WriteStartObject();
        writer.WriteNumber("snapshot_sequence", sequence);
        writer.WriteString("reason", reason);
        writer.WritePropertyName("work_pool");
        Write(writer, record.Wire);
        writer.WriteEndObject();
    }

    /// <summary>Whether anything changed that decides how a worker works.</summary>
    public static bool IsChanged(WorkPoolRecord before, WorkPoolRecord now) =>
        before.Wire.BaseJobTemplate != now.Wire.BaseJobTemplate
        || before.Wire.ConcurrencyLimit != now.Wire.ConcurrencyLimit
        || before.Wire.IsPaused != now.Wire.IsPaused
        || JsonText.Of(before.Wire.StorageConfiguration) != JsonText.Of(now.Wire.StorageConfiguration);

    private static void Write(Utf8JsonWriter writer, WorkPoolResponse pool)
    {
        writer.WriteStartObject();
        writer.WriteString("id", pool.Id);
        Write(writer, "created", pool.Created);
        Write(writer, "updated", pool.Updated);
        writer.WriteString("name", pool.Name);
        writer.WriteString("description", pool.Description);
        writer.WriteString("type", pool.Type);
        writer.WriteRaw("base_job_template", pool.BaseJobTemplate);
        writer.WriteBoolean("is_paused", pool.IsPaused);
        Write(writer, "concurrency_limit", pool.ConcurrencyLimit);
        writer.WritePropertyName("status");
        JsonSerializer.Serialize(writer, pool.Status, ReeveJson.TypeInfo<WorkPoolStatus?>());
        Write(writer, "active_slots", pool.ActiveSlots);
        writer.WriteRaw("storage_configuration", JsonText.Of(pool.StorageConfiguration));
        if (pool.DefaultQueueId is { } queue) writer.WriteString("default_queue_id", queue);
        else writer.WriteNull("default_queue_id");
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is { } instant) writer.WriteString(name, WireInstant.Format(instant));
        else writer.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number) writer.WriteNumber(name, number);
        else writer.WriteNull(name);
    }
}
