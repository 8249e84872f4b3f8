using Reeve.Data;

namespace Reeve.Server.TaskRuns;

/// <summary>Instants and durations of a run <c>r</c> as whole microseconds, which both databases can divide exactly.</summary>
internal sealed class RunTimeSql(Dialect dialect, DateTimeOffset now)
{
    /// <summary>Microseconds since 1970 of an instant column, or the length of a duration column.</summary>
    public Sql Microseconds(Sql column) => dialect == Dialect.Postgres
        ? (Sql)$"(extract(epoch from {column}) * 1000000)::bigint"
        : (Sql)$"(cast(strftime('%s', {column}) as integer) * 1000000 + cast(substr({column}, 21, 6) as integer))";

    /// <summary>Time spent running until now, never negative.</summary>
    public Sql EstimatedRunTime()
    {
        Sql running = $"case when r.state_type = 'RUNNING' then {Microseconds($"{now:timestamptz}")} - {Microseconds($"r.state_timestamp")} else 0 end";
        return AtLeastZero($"{AtLeastZero(Microseconds($"r.total_run_time"))} + {running}");
    }

    /// <summary>How much later than expected the run started or has not started yet, never negative.</summary>
    public Sql EstimatedLateness()
    {
        var expected = Microseconds($"r.expected_start_time");
        var started = Microseconds($"r.start_time");
        Sql waiting = $"r.start_time is null and r.state_type not in ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')";
        return AtLeastZero(
            $"case when r.start_time is not null then {started} - {expected} when {waiting} then {Microseconds($"{now:timestamptz}")} - {expected} else 0 end");
    }

    private Sql AtLeastZero(Sql value) => dialect == Dialect.Postgres ? (Sql)$"greatest(0, {value})" : (Sql)$"max(0, {value})";
}
