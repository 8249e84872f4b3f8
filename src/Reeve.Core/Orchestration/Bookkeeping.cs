namespace Reeve.Core.Orchestration;

/// <summary>What every transition that stores a state writes to the run's row and the state's details.</summary>
internal static class Bookkeeping
{
    /// <summary>Two states of a run never share a timestamp: the database forbids it, and their order would be lost.</summary>
    public static void UniqueTimestamp(Transition transition)
    {
        var proposed = transition.Proposed!;
        var timestamp = proposed.Timestamp;
        while (timestamp == transition.Initial?.Timestamp || transition.TakenTimestamps.Contains(timestamp))
        {
            timestamp += TimeSpan.FromMicroseconds(1);
        }

        if (timestamp != proposed.Timestamp)
        {
            transition.Proposed = proposed with { Timestamp = timestamp };
        }
    }

    public static void StateColumns(Transition transition)
    {
        var proposed = transition.Proposed!;
        transition.Columns = transition.Columns with
        {
            StateType = proposed.Type,
            StateName = proposed.Name,
            StateTimestamp = proposed.Timestamp,
        };
    }

    public static void StartTime(Transition transition)
    {
        if (transition.Proposed!.Type == StateType.Running && transition.Columns.StartTime is null)
        {
            transition.Columns = transition.Columns with { StartTime = transition.Proposed.Timestamp };
        }
    }

    public static void EndTime(Transition transition)
    {
        var proposed = transition.Proposed!;
        if (!proposed.Type.IsTerminal())
        {
            if (transition.From is { } from && from.IsTerminal())
            {
                transition.Columns = transition.Columns with { EndTime = null };
            }
        }
        else if (transition.Columns.EndTime is null)
        {
            transition.Columns = transition.Columns with
            {
                EndTime = proposed.Timestamp,
                StartTime = transition.Columns.StartTime ?? proposed.Timestamp,
            };
        }
    }

    public static void RunTime(Transition transition)
    {
        if (transition.Initial is { Type: StateType.Running } initial)
        {
            transition.Columns = transition.Columns with
            {
                TotalRunTime = transition.Columns.TotalRunTime + (transition.Proposed!.Timestamp - initial.Timestamp),
            };
        }
    }

    public static void ExpectedStartTime(Transition transition)
    {
        if (transition.Columns.ExpectedStartTime is null)
        {
            var proposed = transition.Proposed!;
            var scheduled = proposed.Type == StateType.Scheduled ? proposed.StateDetails.ScheduledTime : null;
            transition.Columns = transition.Columns with { ExpectedStartTime = scheduled?.ToUniversalTime() ?? proposed.Timestamp };
        }
    }

    public static void NextScheduledStartTime(Transition transition)
    {
        var proposed = transition.Proposed!;
        if (proposed.Type == StateType.Scheduled)
        {
            transition.Columns = transition.Columns with { NextScheduledStartTime = proposed.StateDetails.ScheduledTime?.ToUniversalTime() };
        }
        else if (transition.From == StateType.Scheduled)
        {
            transition.Columns = transition.Columns with { NextScheduledStartTime = null };
        }
    }

    public static void FlowRunDetails(FlowTransition transition)
    {
        var proposed = transition.Proposed!;
        transition.Proposed = proposed with
        {
            StateDetails = proposed.StateDetails with
            {
                FlowRunId = transition.Run.Id,
                TaskRunId = transition.Run.ParentTaskRunId ?? proposed.StateDetails.TaskRunId,
            },
        };
    }

    public static void TaskRunDetails(TaskTransition transition)
    {
        var proposed = transition.Proposed!;
        transition.Proposed = proposed with
        {
            StateDetails = proposed.StateDetails with { FlowRunId = transition.Run.FlowRunId, TaskRunId = transition.Run.Id },
        };
    }

    /// <summary>The task run that tracks a subflow mirrors each of its states.</summary>
    public static void UpdateParentTask(FlowTransition transition)
    {
        if (transition.Run.ParentTaskRunId is null || transition.Facts.ParentTask is not { } parent)
        {
            return;
        }

        var validated = transition.Proposed!;
        var copy = transition.NewState(
            validated.Type,
            validated.Name,
            validated.Message,
            validated.Data,
            validated.StateDetails with { ChildFlowRunId = transition.Run.Id });
        transition.ParentTask = TaskRunOrchestration.Decide(parent.Run, copy, TaskRunPolicyKind.Minimal, parent.Facts, transition.Context);
    }

    /// <summary>Counts executions; going on after a pause is not one.</summary>
    public static void FlowRunCount(FlowTransition transition)
    {
        var goesOn = transition.Policy.Resuming is true && transition.Context.HasInProcessRetries;
        if (transition.Proposed!.Type == StateType.Running && !goesOn)
        {
            transition.Columns = transition.Columns with { RunCount = transition.Columns.RunCount + 1 };
        }
    }

    public static void ClearResuming(FlowTransition transition)
    {
        var type = transition.Proposed!.Type;
        if ((type == StateType.Running || type.IsTerminal()) && transition.Policy.Resuming is true && transition.Context.HasInProcessRetries)
        {
            transition.Policy = transition.Policy with { Resuming = false };
        }
    }

    public static void TaskRunCount(TaskTransition transition)
    {
        if (transition.Proposed!.Type == StateType.Running)
        {
            transition.Columns = transition.Columns with { RunCount = transition.Columns.RunCount + 1 };
        }
    }

    /// <summary>Moves the state's data into an artifact.</summary>
    public static void StoreResult(Transition transition)
    {
        var proposed = transition.Proposed!;
        if (proposed.Data is not { } data)
        {
            return;
        }

        var (flowRunId, taskRunId) = transition.ArtifactOwner;
        if (ResultData.ToArtifact(data, transition.Context.Source) is { } artifact)
        {
            transition.Artifact = artifact with { FlowRunId = flowRunId, TaskRunId = taskRunId };
            transition.Proposed = proposed with { Data = artifact.Data };
        }
    }
}
