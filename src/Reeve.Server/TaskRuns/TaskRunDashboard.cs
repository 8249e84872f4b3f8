using Reeve.Contract.TaskRuns;
using Reeve.Contract.Ui;
using Reeve.Core.Orchestration;
using Reeve.Data;
using Reeve.Server.Filters;
using Reeve.Server.Http;

namespace Reeve.Server.TaskRuns;

/// <summary>The dashboard's chart: task runs that ended, by when they started, in twenty equal spans.</summary>
internal sealed class TaskRunDashboard(Db db)
{
    private const int Spans = 20;

    private static readonly List<StateType> Ended = [StateType.Completed, StateType.Failed, StateType.Cancelled, StateType.Crashed];

    /// <exception cref="ApiException">422: the filter does not say where the chart begins.</exception>
    public async Task<List<TaskRunCount>> CountAsync(DashboardTaskRunCountsRequest body, DateTimeOffset now, CancellationToken cancel)
    {
        if (body.TaskRuns.StartTime?.After is not { } after) throw ApiException.Detail(422, "task_runs.start_time.after_ is required");
        var counts = Enumerable.Range(0, Spans).Select(static _ => new TaskRunCount()).ToList();
        var start = Minute(after);
        var window = Minute(body.TaskRuns.StartTime.Before ?? now).AddMinutes(1).AddMicroseconds(-1) - start;
        if (window <= TimeSpan.Zero) return counts;
        body.TaskRuns.State = new TaskRunFilterState { Type = new TaskRunFilterStateType { Any = Ended } };
        var filters = new RelatedFilters
        {
            TaskRuns = body.TaskRuns, Flows = body.Flows, FlowRuns = body.FlowRuns,
            Deployments = body.Deployments, WorkPools = body.WorkPools, WorkQueues = body.WorkQueues,
        };
        var time = new RunTimeSql(db.Dialect, now);
        var width = window.Ticks / TimeSpan.TicksPerMicrosecond;
        var rows = await db.ListAsync(
            $"""
            select c.span, c.state_type, count(*) from (
              select {time.Between($"{start:timestamptz}", $"r.start_time")} * {Spans:bigint} / {width:bigint} as span, r.state_type
              from task_run r where {filters.ForTaskRuns("r", db.Dialect)}
              {time.FewGroups(new SqlText("task_run"), "0::bigint, r.state_type")}) c
            group by c.span, c.state_type
            """,
            static row => (Span: row.GetInt64(0), Type: TaskRunStateRow.ParseType(row.GetString(1)), Runs: row.GetInt32(2)), cancel);
        foreach (var (span, type, runs) in rows)
        {
            // Runs whose start lies ahead of the clock have no place in the chart.
            if (span is < 0 or >= Spans) continue;
            if (type is StateType.Failed or StateType.Crashed) counts[(int)span].Failed += runs;
            else counts[(int)span].Completed += runs;
        }
        return counts;
    }

    private static DateTimeOffset Minute(DateTimeOffset instant) => new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
