using Reeve.Core.Orchestration.Rules;

namespace Reeve.Core.Orchestration;

/// <summary>The rules in force, in order.</summary>
internal static class Policies
{
    private static readonly Transform<FlowTransition> Instrument = new(after: t => t.Event = FlowRunStateChanged.Of(t));
    private static readonly Transform<FlowTransition> ReleaseFlow = new(after: ReleaseFlowSlots.After);
    private static readonly Transform<TaskTransition> ReleaseTask = new(after: ReleaseTaskSlots.After);

    private static readonly Rule<FlowTransition>[] FlowBookkeeping =
    [
        new Transform<FlowTransition>(Bookkeeping.UniqueTimestamp),
        new Transform<FlowTransition>(Bookkeeping.StateColumns),
        new Transform<FlowTransition>(Bookkeeping.StartTime),
        new Transform<FlowTransition>(Bookkeeping.EndTime),
        new Transform<FlowTransition>(Bookkeeping.RunTime),
        new Transform<FlowTransition>(Bookkeeping.ExpectedStartTime),
        new Transform<FlowTransition>(Bookkeeping.NextScheduledStartTime),
        new Transform<FlowTransition>(Bookkeeping.FlowRunDetails, after: Bookkeeping.UpdateParentTask),
        new Transform<FlowTransition>(Bookkeeping.FlowRunCount),
        new Transform<FlowTransition>(Bookkeeping.ClearResuming),
        new Transform<FlowTransition>(Bookkeeping.StoreResult),
    ];

    private static readonly Rule<TaskTransition>[] TaskBookkeeping =
    [
        new Transform<TaskTransition>(Bookkeeping.UniqueTimestamp),
        new Transform<TaskTransition>(Bookkeeping.StateColumns),
        new Transform<TaskTransition>(Bookkeeping.StartTime),
        new Transform<TaskTransition>(Bookkeeping.EndTime),
        new Transform<TaskTransition>(Bookkeeping.RunTime),
        new Transform<TaskTransition>(Bookkeeping.ExpectedStartTime),
        new Transform<TaskTransition>(Bookkeeping.NextScheduledStartTime),
        new Transform<TaskTransition>(Bookkeeping.TaskRunDetails),
        new Transform<TaskTransition>(Bookkeeping.TaskRunCount),
        new Transform<TaskTransition>(Bookkeeping.StoreResult),
    ];

    private static readonly Policy<FlowTransition> CoreFlow = new(
    [
        new Transform<FlowTransition>(PreserveLeaseId.Before),
        new PreventDuplicateTransitions(),
        new FlowTerminalStateTransitions(),
        new CancellingOnlyToCancelled(),
        new BypassCancellingWithoutInfrastructure(),
        new PreventPendingTransitions<FlowTransition>(),
        new ValidateDeploymentSlotAtRunning(),
        new SecureFlowSlots(),
        new KeepLeaseForOldClients(),
        new OnlyScheduledMarkedLate(),
        new PausingFlows(),
        new ResumingFromPaused(),
        new CopyScheduledTime<FlowTransition>(),
        new WaitForScheduledTime<FlowTransition>(),
        new RetryFailedFlows(),
        Instrument,
        ReleaseFlow,
    ], FlowBookkeeping);

    private static readonly Policy<FlowTransition> MinimalFlow = new(
    [
        new Transform<FlowTransition>(PreserveLeaseId.Before),
        new PreventResultDataLoss(),
        new BypassCancellingWithoutInfrastructure(),
        Instrument,
        ReleaseFlow,
    ], FlowBookkeeping);

    private static readonly Policy<FlowTransition> MarkLate = new(
    [
        new OnlyScheduledMarkedLate(),
        new DeploymentConcurrencyOnLate(),
        Instrument,
    ], FlowBookkeeping);

    private static readonly Policy<TaskTransition> CoreTask = new(
    [
        new CacheRetrieval(),
        new TaskTerminalStateTransitions(),
        new NoRunningUnderStoppedFlow(),
        new SecureTaskSlots(),
        new CopyScheduledTime<TaskTransition>(),
        new WaitForScheduledTime<TaskTransition>(),
        new RetryFailedTasks(),
        new RenameReruns(),
        new FlowRunTracker(),
        new CacheInsertion(),
        ReleaseTask,
    ], TaskBookkeeping);

    private static readonly Policy<TaskTransition> BackgroundTask = new(
    [
        new PreventPendingTransitions<TaskTransition>(),
        new CacheRetrieval(),
        new TaskTerminalStateTransitions(),
        new CopyScheduledTime<TaskTransition>(),
        new CopyTaskParametersId(),
        new WaitForScheduledTime<TaskTransition>(),
        new RetryFailedTasks(),
        new RenameReruns(),
        new FlowRunTracker(),
        new CacheInsertion(),
        ReleaseTask,
        new EnqueueScheduledTasks(),
    ], TaskBookkeeping);

    private static readonly Policy<TaskTransition> ClientSideTask = new(
    [
        new CacheRetrieval(),
        new TaskTerminalStateTransitions(),
        new NoRunningUnderStoppedFlow(),
        new CopyScheduledTime<TaskTransition>(),
        new WaitForScheduledTime<TaskTransition>(),
        new RetryFailedTasks(),
        new RenameReruns(),
        new FlowRunTracker(),
        new CacheInsertion(),
        ReleaseTask,
    ], TaskBookkeeping);

    private static readonly Policy<TaskTransition> MinimalTask = new([ReleaseTask], TaskBookkeeping);

    public static Policy<FlowTransition> For(FlowRunPolicyKind kind) => kind switch
    {
        FlowRunPolicyKind.Minimal => MinimalFlow,
        FlowRunPolicyKind.MarkLate => MarkLate,
        _ => CoreFlow,
    };

    public static Policy<TaskTransition> For(TaskRunPolicyKind kind) => kind switch
    {
        TaskRunPolicyKind.Minimal => MinimalTask,
        TaskRunPolicyKind.Background => BackgroundTask,
        TaskRunPolicyKind.ClientSide => ClientSideTask,
        _ => CoreTask,
    };
}
