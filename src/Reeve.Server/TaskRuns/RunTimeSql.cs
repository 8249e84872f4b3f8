using Reeve.Data;

namespace Reeve.Server.TaskRuns;

/// <summary>Spans of time of a run <c>r</c> as whole microseconds, which both databases can add and divide exactly.</summary>
internal sealed class RunTimeSql(Dialect dialect, DateTimeOffset now)
{
    /// <summary>Whether instants on SQLite count as their whole seconds, as in Prefect's average of latenesses.</summary>
    public bool IsWholeSeconds { get; init; }

    /// <summary>
    /// Put at the end of a subquery over <c>r</c> whose columns are grouped by: PostgreSQL knows nothing of the columns of a union and
    /// takes the groups to be few. So it counts them in memory, with several workers, instead of guessing a group for each instant
    /// and sorting all rows on disk.
    /// </summary>
    /// <param name="table">The table of <c>r</c>.</param>
    /// <param name="columns">Columns of the same types as the subquery's.</param>
    public SqlText FewGroups(SqlText table, string columns) =>
        new(dialect == Dialect.Postgres ? $"union all select {columns} from {table.Value} r where false" : "");

    /// <summary>From one instant to a later one; negative when it is earlier.</summary>
    public Sql Between(Sql from, Sql to) => dialect == Dialect.Postgres
        // A difference first: a double holds it to the microsecond, and it costs a third of what the exact numeric does.
        ? (Sql)$"(date_part('epoch', {to} - {from}) * 1000000)::bigint"
        : (Sql)$"({Sqlite(to)} - {Sqlite(from)})";

    /// <summary>Time spent running until now, never negative.</summary>
    public Sql EstimatedRunTime()
    {
        Sql finished = dialect == Dialect.Postgres ? (Sql)$"(date_part('epoch', r.total_run_time) * 1000000)::bigint" : Sqlite($"r.total_run_time");
        Sql running = $"case when r.state_type = 'RUNNING' then {Between($"r.state_timestamp", $"{now:timestamptz}")} else 0 end";
        return AtLeastZero($"{AtLeastZero(finished)} + {running}");
    }

    /// <summary>How much later than expected the run started or has not started yet, never negative.</summary>
    public Sql EstimatedLateness()
    {
        Sql waiting = $"r.start_time is null and r.state_type not in ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')";
        return AtLeastZero(
            $"""
            case when r.start_time is not null then {Between($"r.expected_start_time", $"r.start_time")}
            when {waiting} then {Between($"r.expected_start_time", $"{now:timestamptz}")} else 0 end
            """);
    }

    /// <summary>SQLite keeps instants as text and durations as the instant so long after 1970.</summary>
    private Sql Sqlite(Sql column)
    {
        Sql seconds = $"cast(strftime('%s', {column}) as integer) * 1000000";
        return IsWholeSeconds ? (Sql)$"({seconds})" : (Sql)$"({seconds} + cast(substr({column}, 21, 6) as integer))";
    }

    private Sql AtLeastZero(Sql value) => dialect == Dialect.Postgres ? (Sql)$"greatest(0, {value})" : (Sql)$"max(0, {value})";
}
