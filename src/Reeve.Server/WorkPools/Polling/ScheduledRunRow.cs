using Reeve.Contract.FlowRuns;
using Reeve.Contract.WorkPools;
using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.WorkPools.Polling;

/// <summary>Reads scheduled flow runs as workers get them, without their state.</summary>
[Row(typeof(FlowRun), Except = ["State", "EstimatedRunTime", "EstimatedStartTimeDelta"])]
internal static partial class ScheduledRunRow
{
    /// <summary>Reads the columns of a run, then the ids of its work pool and work queue.</summary>
    public static WorkerFlowRunResponse ReadForWorker(DbRow row, DateTimeOffset now)
    {
        var run = Read(row);
        var columns = new RunColumns
        {
            StateType = run.StateType, ExpectedStartTime = run.ExpectedStartTime, StartTime = run.StartTime, TotalRunTime = run.TotalRunTime,
        };
        run.EstimatedRunTime = run.TotalRunTime;
        run.EstimatedStartTimeDelta = columns.EstimatedStartTimeDelta(now);
        return new WorkerFlowRunResponse { WorkPoolId = row.GetGuid(Count), WorkQueueId = row.GetGuid(Count + 1), FlowRun = run };
    }
}
