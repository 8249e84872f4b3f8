namespace Reeve.Server.Services;

/// <summary>Every background service there is, whether or not this process runs it.</summary>
public static class ServiceCatalogue
{
    public static ServiceInfo Scheduler { get; } = new(
        "Scheduler", "prefect.server.services.scheduler.schedule_deployments",
        "Creates upcoming flow runs for deployments with active schedules.",
        "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED", static settings => settings.Services.Scheduler.Enabled);

    public static ServiceInfo RecentDeploymentsScheduler { get; } = new(
        "RecentDeploymentsScheduler", "prefect.server.services.scheduler.schedule_recent_deployments",
        "Schedules deployments that have just changed: here every change wakes the Scheduler.",
        "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED", static settings => settings.Services.Scheduler.Enabled) { PartOf = "Scheduler" };

    public static ServiceInfo MarkLateRuns { get; } = new(
        "MarkLateRuns", "prefect.server.services.late_runs.monitor_late_runs",
        "Marks scheduled flow runs late that have not begun in time.",
        "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED", static settings => settings.Services.LateRuns.Enabled);

    public static ServiceInfo FailExpiredPauses { get; } = new(
        "FailExpiredPauses", "prefect.server.services.pause_expirations.monitor_expired_pauses",
        "Fails paused flow runs whose pause has timed out.",
        "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED", static settings => settings.Services.PauseExpirations.Enabled);

    public static ServiceInfo CancellationCleanup { get; } = new(
        "CancellationCleanup", "prefect.server.services.cancellation_cleanup",
        "Cancels what belongs to cancelled flow runs and ends runs stuck in cancelling.",
        "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED", static settings => settings.Services.CancellationCleanup.Enabled);

    public static ServiceInfo Foreman { get; } = new(
        "Foreman", "prefect.server.services.foreman.monitor_worker_health",
        "Marks silent workers offline and what hangs on them not ready.",
        "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED", static settings => settings.Services.Foreman.Enabled);

    public static ServiceInfo Repossessor { get; } = new(
        "Repossessor", "prefect.server.services.repossessor.monitor_expired_leases",
        "Gives back the slots of expired concurrency leases.",
        "PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED", static settings => settings.Services.Repossessor.Enabled);

    public static ServiceInfo CleanupReconciler { get; } = new(
        "CleanupReconciler", "prefect.server.services.cleanup_reconciler.reconcile_cleanup_delivery",
        "Takes back worker clean-up messages that were not confirmed in time.",
        "PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_ENABLED", static settings => settings.Services.CleanupReconciler.Enabled);

    public static ServiceInfo FlowRunVacuum { get; } = new(
        "FlowRunVacuum", "prefect.server.services.db_vacuum.schedule_vacuum_tasks",
        "Deletes old flow runs and what they left behind.",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", static settings => settings.Services.Vacuum.FlowRuns);

    public static ServiceInfo EventVacuum { get; } = new(
        "EventVacuum", "prefect.server.services.db_vacuum.schedule_event_vacuum_tasks",
        "Deletes events past their retention period.",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", static settings => settings.Services.Vacuum.Events && settings.Services.EventPersister.Enabled);

    public static ServiceInfo TaskRunRecorder { get; } = new(
        "TaskRunRecorder", "prefect.server.services.task_run_recorder.TaskRunRecorder",
        "Turns the task run events of clients into task runs and states.",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED", static settings => settings.Services.TaskRunRecorder.Enabled) { PartOf = "EventRelay" };

    public static ServiceInfo EventLogger { get; } = new(
        "EventLogger", "prefect.server.events.services.event_logger.EventLogger",
        "Prints each event, for debugging.",
        "PREFECT_SERVER_SERVICES_EVENT_LOGGER_ENABLED", static settings => settings.Services.EventLoggerEnabled) { PartOf = "EventRelay" };

    public static ServiceInfo EventPersister { get; } = new(
        "EventPersister", "prefect.server.events.services.event_persister.EventPersister",
        "Writes events to the database.",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED", static settings => settings.Services.EventPersister.Enabled) { PartOf = "EventRelay" };

    public static ServiceInfo EventRelay { get; } = new(
        "EventRelay", "prefect.server.utilities.messaging",
        "Hands events from the outbox to the services that want them.",
        "", static _ => true);

    public static ServiceInfo ReactiveTriggers { get; } = new(
        "ReactiveTriggers", "prefect.server.events.services.triggers.ReactiveTriggers",
        "Evaluates the triggers of automations as events arrive.",
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED", static settings => settings.Services.TriggersEnabled) { PartOf = "EventRelay" };

    public static ServiceInfo ProactiveTriggers { get; } = new(
        "ProactiveTriggers", "prefect.server.events.services.triggers.evaluate_proactive_triggers_periodic",
        "Evaluates the triggers that fire when something does not happen.",
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED", static settings => settings.Services.TriggersEnabled);

    public static ServiceInfo Actions { get; } = new(
        "Actions", "prefect.server.events.services.actions.Actions",
        "Runs the actions of automations that fired.",
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED", static settings => settings.Services.TriggersEnabled);

    public static ServiceInfo Distributor { get; } = new(
        "Distributor", "prefect.server.events.stream.Distributor",
        "Sends events to the websockets that stream them.",
        "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED", static settings => settings.Events.StreamOutEnabled);

    public static ServiceInfo LogDistributor { get; } = new(
        "LogDistributor", "prefect.server.logs.stream.LogDistributor",
        "Sends logs to the websockets that stream them.",
        "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED", static settings => settings.LogsStreamOutEnabled);

    public static ServiceInfo Telemetry { get; } = new(
        "Telemetry", "prefect.server.services.telemetry.send_telemetry_heartbeat",
        "Tells the vendor of Prefect about this server: never, whatever the setting says.",
        "PREFECT_SERVER_ANALYTICS_ENABLED", static _ => false);

    /// <summary>In the order they are listed.</summary>
    public static IReadOnlyList<ServiceInfo> All { get; } =
    [
        Scheduler, RecentDeploymentsScheduler, MarkLateRuns, FailExpiredPauses, CancellationCleanup, Foreman,
        Repossessor, CleanupReconciler, FlowRunVacuum, EventVacuum, TaskRunRecorder,
        EventLogger, EventPersister, EventRelay, ReactiveTriggers, ProactiveTriggers, Actions,
        Distributor, LogDistributor, Telemetry,
    ];

    /// <summary>The service of a name as people type it, or null.</summary>
    public static ServiceInfo? Find(string name) =>
        All.FirstOrDefault(service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase));
}
