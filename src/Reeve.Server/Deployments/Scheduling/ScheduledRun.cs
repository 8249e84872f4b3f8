namespace Reeve.Server.Deployments.Scheduling;

/// <summary>One run to be: a schedule and an instant, which keeps the offset of the schedule's zone.</summary>
internal sealed record ScheduledRun(ScheduleSource Source, DateTimeOffset At)
{
    /// <summary>What makes the run unique in its flow, whoever inserts it. Shared with Prefect: never to change.</summary>
    public string Key { get; } = $"scheduled {Source.DeploymentId} {Source.Id} {ScheduledInstant.Key(At)}";
}
