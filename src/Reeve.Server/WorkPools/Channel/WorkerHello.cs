using System.Text.Json;
using Reeve.Core;

namespace Reeve.Server.WorkPools.Channel;

/// <summary>The first frame of a worker, see websockets.md §5.3.</summary>
internal sealed record WorkerHello
{
    public const string Version = "work_pool_worker_channel.v1";
    public const string HeartbeatCapability = "worker_heartbeat.v1";
    public const string SnapshotCapability = "work_pool_snapshot.v1";
    public const string CleanupCapability = "cleanup_delivery.v1";

    private static readonly string[] Kinds = ["cancelling_timeout_teardown.v1", "pending_claim_teardown.v1"];

    public required Guid ConsumerId { get; init; }

    public required string WorkerName { get; init; }

    public required string WorkerType { get; init; }

    /// <summary>Seconds.</summary>
    public required int HeartbeatInterval { get; init; }

    public required List<string> Capabilities { get; init; }

    /// <summary>Names of queues, each once; empty: all.</summary>
    public required List<string> Queues { get; init; }

    public required List<string> CleanupKinds { get; init; }

    public required int MaxCleanup { get; init; }

    public required bool CreatesPool { get; init; }

    public required RawJson DefaultTemplate { get; init; }

    public bool TakesCleanup => CleanupKinds.Count > 0 && MaxCleanup > 0;

    /// <summary>Capabilities asked for that the server does not have, each once.</summary>
    public IEnumerable<string> Rejected => Capabilities.Distinct().Where(asked =>
        asked is not (HeartbeatCapability or SnapshotCapability) && (asked != CleanupCapability || !TakesCleanup));

    /// <exception cref="ChannelClosedException">It is no hello, or asks for what cannot be.</exception>
    public static WorkerHello Read(ChannelFrame frame)
    {
        if (frame.Type != "worker.hello.v1") throw ChannelClosedException.Protocol;
        var fields = new ChannelFields(
            frame.Payload, "consumer_id", "worker_name", "worker_type", "heartbeat_interval_seconds", "supported_channel_versions",
            "requested_capabilities", "work_queue_names", "handled_cleanup_kinds", "max_cleanup_concurrency", "create_pool_if_not_found",
            "default_base_job_template", "worker_metadata");
        var capabilities = fields.Texts("requested_capabilities");
        var versions = fields.Texts("supported_channel_versions");
        var kinds = fields.Texts("handled_cleanup_kinds");
        var cleans = capabilities.Contains(CleanupCapability);
        if (!capabilities.Contains(HeartbeatCapability) || !capabilities.Contains(SnapshotCapability) || versions.Count == 0) throw ChannelClosedException.Protocol;
        if (kinds.Exists(static kind => !Kinds.Contains(kind)) || (kinds.Count > 0 && !cleans)) throw ChannelClosedException.Protocol;
        var most = fields.Has("max_cleanup_concurrency") ? fields.Number("max_cleanup_concurrency", 0) : cleans && kinds.Count > 0 ? 1 : 0;
        if (most > 0 && !cleans) throw ChannelClosedException.Protocol;
        if (fields.Has("worker_metadata")) fields.Object("worker_metadata");
        var hello = new WorkerHello
        {
            ConsumerId = fields.Id("consumer_id"),
            WorkerName = fields.Text("worker_name"),
            WorkerType = fields.Text("worker_type"),
            HeartbeatInterval = fields.Number("heartbeat_interval_seconds", 1),
            Capabilities = capabilities,
            Queues = [.. fields.Texts("work_queue_names").Distinct()],
            CleanupKinds = [.. kinds.Distinct()],
            MaxCleanup = most,
            CreatesPool = fields.Flag("create_pool_if_not_found"),
            DefaultTemplate = fields.Has("default_base_job_template") ? RawJson.Parse(fields.Object("default_base_job_template").GetRawText()) : RawJson.EmptyObject,
        };
        return versions.Contains(Version) ? hello : throw ChannelClosedException.Version;
    }

    /// <summary>Whether a heartbeat is this worker's.</summary>
    public bool IsSame(JsonElement payload)
    {
        var fields = new ChannelFields(payload, "consumer_id", "worker_name", "heartbeat_interval_seconds");
        return fields.Id("consumer_id") == ConsumerId && fields.Text("worker_name") == WorkerName && fields.Number("heartbeat_interval_seconds", 1) > 0;
    }
}
