using Reeve.Contract.WorkPools;

namespace Reeve.Server.WorkPools;

/// <summary>Statuses as the database holds them and as event names spell them.</summary>
internal static class StatusText
{
    public static string Stored(this WorkPoolStatus status) => status switch
    {
        WorkPoolStatus.Ready => "READY",
        WorkPoolStatus.Paused => "PAUSED",
        _ => "NOT_READY",
    };

    public static string Stored(this WorkQueueStatus status) => status switch
    {
        WorkQueueStatus.Ready => "READY",
        WorkQueueStatus.Paused => "PAUSED",
        _ => "NOT_READY",
    };

    public static string Stored(this WorkerStatus status) => status == WorkerStatus.Online ? "ONLINE" : "OFFLINE";

    public static string Event(this WorkPoolStatus status) => status switch
    {
        WorkPoolStatus.Ready => "ready",
        WorkPoolStatus.Paused => "paused",
        _ => "not-ready",
    };

    public static string Event(this WorkQueueStatus status) => status switch
    {
        WorkQueueStatus.Ready => "ready",
        WorkQueueStatus.Paused => "paused",
        _ => "not-ready",
    };
}
