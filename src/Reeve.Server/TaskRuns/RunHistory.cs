using Reeve.Contract.FlowRuns;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.TaskRuns;

/// <summary>How many runs were expected to start in each of many equal spans of time, by state.</summary>
internal static class RunHistory
{
    /// <summary>What falls into a span beyond these is not told.</summary>
    private const int MostIntervals = 500;

    /// <summary>Counts the rows <c>r</c> of the table <paramref name="runs"/> for which <paramref name="where"/> holds.</summary>
    /// <exception cref="ApiException">422: the interval is too short.</exception>
    public static async Task<List<HistoryResponse>> ReadAsync(
        Db db, SqlText runs, Sql where, DateTimeOffset start, DateTimeOffset end, TimeSpan interval, DateTimeOffset now, CancellationToken cancel)
    {
        if (interval < TimeSpan.FromSeconds(1)) throw ApiException.Detail(422, "History interval must not be less than 1 second.");
        var history = Intervals(start, end, interval);
        if (history.Count == 0) return history;
        var time = new RunTimeSql(db.Dialect, now);
        var step = interval.Ticks / TimeSpan.TicksPerMicrosecond;
        var rows = await db.ListAsync(
            $"""
            select h.span, h.state_type::text, h.state_name, count(*), sum(h.run_time)::float8, sum(h.lateness)::float8 from (
              select {time.Between($"{start:timestamptz}", $"r.expected_start_time")} / {step:bigint} as span,
                r.state_type as state_type, r.state_name as state_name,
                {time.EstimatedRunTime()} as run_time, {time.EstimatedLateness()} as lateness
              from {runs} r
              where r.expected_start_time >= {start} and r.expected_start_time < {history[^1].IntervalEnd}
                and r.state_type is not null and {where}
              {time.FewGroups(runs, "0::bigint, r.state_type, r.state_name, 0::bigint, 0::bigint")}) h
            group by h.span, h.state_type, h.state_name
            order by h.span, h.state_type::text, h.state_name
            """,
            static row => (Span: row.GetInt32(0), State: new HistoryResponseState
            {
                StateType = TaskRunStateRow.ParseType(row.GetString(1)),
                StateName = row.GetString(2),
                CountRuns = row.GetInt32(3),
                SumEstimatedRunTime = TimeSpan.FromMicroseconds(row.GetDouble(4)),
                SumEstimatedLateness = TimeSpan.FromMicroseconds(row.GetDouble(5)),
            }),
            cancel);
        foreach (var (span, state) in rows) history[span].States.Add(state);
        return history;
    }

    private static List<HistoryResponse> Intervals(DateTimeOffset start, DateTimeOffset end, TimeSpan interval)
    {
        var intervals = new List<HistoryResponse>();
        for (var at = start; at < end && intervals.Count < MostIntervals; at += interval)
        {
            intervals.Add(new HistoryResponse { IntervalStart = at, IntervalEnd = at + interval });
        }
        return intervals;
    }
}
