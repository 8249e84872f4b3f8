using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.Orchestration;

/// <summary>Reads the columns a transition keeps up to date, the same on both kinds of run.</summary>
internal static class RunColumnsRow
{
    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public const int Count = 9;

    /// <summary>The columns of a run joined as <c>r</c>.</summary>
    public static readonly SqlText Columns = new(
        "r.state_type, r.state_name, r.state_timestamp, r.run_count, r.expected_start_time, r.next_scheduled_start_time, r.start_time, r.end_time, r.total_run_time");

    public static RunColumns Read(DbRow row, int at) => new()
    {
        StateType = StateRow.ParseTypeOrNull(row.GetStringOrNull(at)),
        StateName = row.GetStringOrNull(at + 1),
        StateTimestamp = row.GetInstantOrNull(at + 2),
        RunCount = row.GetInt32(at + 3),
        ExpectedStartTime = row.GetInstantOrNull(at + 4),
        NextScheduledStartTime = row.GetInstantOrNull(at + 5),
        StartTime = row.GetInstantOrNull(at + 6),
        EndTime = row.GetInstantOrNull(at + 7),
        TotalRunTime = row.GetDuration(at + 8),
    };
}
