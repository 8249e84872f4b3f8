namespace Reeve.Data;

/// <summary>The topics of <see cref="DbSignals"/>.</summary>
public static class DbTopics
{
    /// <summary>A deployment or schedule changed: the scheduler has something to do.</summary>
    public const string Deployments = "deployments";

    /// <summary>An automation changed.</summary>
    public const string Automations = "automations";

    /// <summary>Events wait in the outbox; raised in the process that wrote them.</summary>
    public const string Outbox = "outbox";

    /// <summary>Events wait in the outbox, said by a process that delivers none itself.</summary>
    public const string OutboxElsewhere = "outbox_elsewhere";

    /// <summary>Events were stored; raised in the process that stored them.</summary>
    public const string Events = "events";

    /// <summary>Events were stored by some process.</summary>
    public const string EventsElsewhere = "events_elsewhere";

    /// <summary>There is something for the sockets that stream events; raised in the process they are connected to.</summary>
    public const string EventStream = "event_stream";

    /// <summary>There is something for the sockets that stream logs; raised in the process they are connected to.</summary>
    public const string LogStream = "log_stream";

    /// <summary>Flow runs became schedulable; raised in the process that made them.</summary>
    public const string FlowRuns = "flow_runs";

    /// <summary>A flow run was paused, perhaps with an end to its pause.</summary>
    public const string Pauses = "pauses";

    /// <summary>A flow run is cancelling or cancelled: what belongs to it must follow.</summary>
    public const string Cancellations = "cancellations";

    /// <summary>An order to clean up waits for a worker.</summary>
    public const string WorkerCleanup = "worker_cleanup";

    /// <summary>A work pool changed or is gone: workers that hold a copy of it want the new one.</summary>
    public const string WorkPools = "work_pools";

    /// <summary>A background task waits for a worker.</summary>
    public const string BackgroundTasks = "background_tasks";

    /// <summary>Automations fired: their actions wait.</summary>
    public const string Actions = "actions";

    /// <summary>A window that a proactive trigger waits for began or changed, or an event waits for another.</summary>
    public const string Buckets = "buckets";
}
