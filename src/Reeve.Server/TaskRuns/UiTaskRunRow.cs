using Reeve.Contract.Ui;
using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.TaskRuns;

[Row(typeof(UITaskRun), Except = ["EstimatedRunTime", "EstimatedStartTimeDelta", "State", "FlowRunName"])]
internal static partial class UiTaskRunRow
{
    /// <summary>A task run as <see cref="TaskRunRow.WithState"/> selects it, then the name of its flow run.</summary>
    public static UITaskRun ReadWithFlowRunName(DbRow row, DateTimeOffset now)
    {
        var run = Read(row);
        run.State = TaskRunStateRow.ReadWithData(row, Count + 1);
        run.FlowRunName = row.GetStringOrNull(TaskRunRow.CountWithState);
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
