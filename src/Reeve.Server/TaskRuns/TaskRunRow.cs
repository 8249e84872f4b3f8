using Reeve.Contract.TaskRuns;
using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.TaskRuns;

[Row(typeof(TaskRun), Except = ["EstimatedRunTime", "EstimatedStartTimeDelta", "State"])]
internal static partial class TaskRunRow
{
    /// <summary>A task run <c>r</c>, since when it is in its state, and that state.</summary>
    public static readonly SqlText WithState = new($"{Columns("r")}, r.state_timestamp, {TaskRunStateRow.WithData}");

    /// <summary>What <see cref="WithState"/> selects from.</summary>
    public static readonly SqlText From = new(
        "task_run r left join task_run_state s on s.id = r.state_id left join artifact a on a.id = s.result_artifact_id");

    /// <summary>How many columns <see cref="WithState"/> names.</summary>
    public const int CountWithState = Count + 1 + TaskRunStateRow.CountWithData;

    public static TaskRun ReadWithState(DbRow row, DateTimeOffset now)
    {
        var run = Read(row);
        run.State = TaskRunStateRow.ReadWithData(row, Count + 1);
        var columns = new RunColumns
        {
            StateType = run.StateType, StateTimestamp = row.GetInstantOrNull(Count), ExpectedStartTime = run.ExpectedStartTime,
            StartTime = run.StartTime, TotalRunTime = run.TotalRunTime,
        };
        run.EstimatedRunTime = columns.EstimatedRunTime(now);
        run.EstimatedStartTimeDelta = columns.EstimatedStartTimeDelta(now);
        return run;
    }
}
