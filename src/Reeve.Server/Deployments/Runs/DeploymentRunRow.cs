using Reeve.Contract.FlowRuns;
using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.Deployments.Runs;

/// <summary>Reads runs of deployments as the API shows them.</summary>
[Row(typeof(FlowRunResponse), Except = ["EstimatedRunTime", "EstimatedStartTimeDelta", "WorkPoolId", "WorkPoolName", "State"])]
internal static partial class DeploymentRunRow
{
    /// <summary>A run, then its state's timestamp, its queue's name, its pool's id and name, and its state.</summary>
    public static FlowRunResponse ReadWhole(DbRow row, DateTimeOffset now)
    {
        var run = Read(row);
        run.Labels = run.Labels.OrEmptyObject();
        var columns = new RunColumns
        {
            StateType = run.StateType,
            StateTimestamp = row.GetInstantOrNull(Count),
            ExpectedStartTime = run.ExpectedStartTime,
            StartTime = run.StartTime,
            TotalRunTime = run.TotalRunTime,
        };
        run.EstimatedRunTime = columns.EstimatedRunTime(now);
        run.EstimatedStartTimeDelta = columns.EstimatedStartTimeDelta(now);
        run.WorkQueueName = row.GetStringOrNull(Count + 1) ?? run.WorkQueueName;
        run.WorkPoolId = row.GetGuidOrNull(Count + 2);
        run.WorkPoolName = row.GetStringOrNull(Count + 3);
        run.State = row.IsNull(Count + 4) ? null : DeploymentRunStateRow.Read(row, Count + 4);
        return run;
    }
}
