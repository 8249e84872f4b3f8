using Reeve.Contract.FlowRuns;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>Reads flow runs as the API shows them: with their state, and the names of their queue and pool.</summary>
[Row(typeof(FlowRunResponse), Except =
[
    nameof(FlowRunResponse.EstimatedRunTime), nameof(FlowRunResponse.EstimatedStartTimeDelta),
    nameof(FlowRunResponse.WorkPoolId), nameof(FlowRunResponse.WorkPoolName), nameof(FlowRunResponse.State),
])]
internal static partial class FlowRunRow
{
    /// <summary>The columns of a response, of the tables that <see cref="Tables"/> joins.</summary>
    public static readonly SqlText ResponseColumns = new($"{Columns("r")}, r.state_timestamp, q.name, p.id, p.name, {StateRow.Columns}");

    /// <summary>A flow run <c>r</c> with its state <c>s</c>, result <c>a</c>, work queue <c>q</c> and work pool <c>p</c>.</summary>
    public static readonly SqlText Tables = new(
        """
        flow_run r
        left join flow_run_state s on s.id = r.state_id
        left join artifact a on a.id = s.result_artifact_id
        left join work_queue q on q.id = r.work_queue_id
        left join work_pool p on p.id = q.work_pool_id
        """);

    public static FlowRunResponse ReadResponse(DbRow row, DateTimeOffset now)
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
        if (!row.IsNull(Count + 1)) run.WorkQueueName = row.GetString(Count + 1);
        run.WorkPoolId = row.GetGuidOrNull(Count + 2);
        run.WorkPoolName = row.GetStringOrNull(Count + 3);
        run.State = StateRow.Read(row, Count + 4);
        return run;
    }
}
