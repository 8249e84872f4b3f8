namespace Reeve.Core.Orchestration;

/// <summary>The two lanes of a background task's queue; the retry lane is served first.</summary>
public enum TaskQueueLane
{
    Scheduled,
    Retry,
}
