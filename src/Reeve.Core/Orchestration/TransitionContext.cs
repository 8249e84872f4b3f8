namespace Reeve.Core.Orchestration;

/// <summary>What a transition is decided with besides the run and its facts: the caller, the time, the settings.</summary>
public sealed record TransitionContext
{
    /// <summary>The present instant; cut to whole microseconds, as the database keeps it.</summary>
    public required DateTimeOffset Now
    {
        get;
        init => field = new DateTimeOffset(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary>The API version of the caller; null if it is unknown, which counts as newest.</summary>
    public ApiVersion? ApiVersion { get; init; }

    /// <summary>The client's version; null if it is unknown, which counts as older than 3.</summary>
    public ClientVersion? ClientVersion { get; init; }

    public OrchestrationSettings Settings { get; init; } = OrchestrationSettings.Default;

    public OrchestrationSource Source { get; init; } = OrchestrationSource.System;

    internal bool HasInProcessRetries => ApiVersion is not { } version || version >= Orchestration.ApiVersion.WithInProcessRetries;

    internal bool ReschedulesFailedTasks => ApiVersion is { } version && version < Orchestration.ApiVersion.WithClientSideTasks;

    internal bool ClientRenewsLeases => ClientVersion is { RenewsLeases: true };

    internal bool WorkerTakesDeploymentSlot => ClientVersion is { WorkerTakesDeploymentSlot: true };
}
