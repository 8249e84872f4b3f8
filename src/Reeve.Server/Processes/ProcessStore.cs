using Reeve.Data;
using Reeve.Server.Services;

namespace Reeve.Server.Processes;

/// <summary>The table of processes.</summary>
internal sealed class ProcessStore(Db db)
{
    /// <summary>A clock further off than this is not reckoned with: its operator is warned.</summary>
    private const double MostLead = 300;

    // Who has been silent for so long is forgotten.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>Says that a process lives.</summary>
    public Task BeatAsync(ProcessInfo process, DateTimeOffset now, CancellationToken cancel)
    {
        // The names, a line each; then, on a line of its own, how they do.
        var services = string.Join('\n', [.. process.Services, ServiceReport.Write(process.Reports)]);
        var settings = string.Join('\n', process.Settings.Select(static pair => $"{pair.Key}={pair.Value}"));
        Sql skew = db.IsSqlite ? (Sql)$"0.0" : $"extract(epoch from ({now} - now()))::float8";
        return db.ExecuteAsync(
            $"""
            insert into reeve_process (id, host, pid, version, role, address, services, settings, clock_skew, started, beat)
            values ({process.Id}, {process.Host}, {process.Pid}, {process.Version}, {process.Role}, {process.Address}, {services}, {settings}, {skew}, {process.Started}, now())
            on conflict (id) do update set beat = excluded.beat, clock_skew = excluded.clock_skew, address = excluded.address, services = excluded.services
            """,
            cancel);
    }

    /// <summary>
    /// An expression for the seconds that this process's clock is before the slowest clock known, 0 or more: an instant that another process
    /// wrote may be so much later than it looks here. Processes of a SQLite file share their machine's clock.
    /// </summary>
    public static Sql ClockLead(Dialect dialect, DateTimeOffset now) => dialect == Dialect.Sqlite
        ? $"0.0"
        : (Sql)$"least({MostLead}::float8, greatest(0, extract(epoch from ({now} - now()))::float8 - (select min(clock_skew) from reeve_process)))";

    /// <summary>An expression for the present instant by the slowest clock known: what another process gave until then is over by its own clock too.</summary>
    public static Sql SlowestNow(Dialect dialect, DateTimeOffset now) => dialect == Dialect.Sqlite
        ? $"{now}"
        : (Sql)$"({now:timestamptz} - {ClockLead(dialect, now)} * interval '1 second')";

    /// <summary>Those that are known, the longest running first.</summary>
    public Task<List<ProcessRow>> ListAsync(CancellationToken cancel) =>
        db.ListAsync(
            $"select id, host, pid, version, role, address, services, settings, clock_skew, started, beat, now() from reeve_process order by started, id",
            Read,
            cancel);

    /// <summary>Forgets a process that ends, and those that ended without a word.</summary>
    public Task ForgetAsync(Guid id, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.Execute($"delete from reeve_process where id = {id}");
        batch.Execute(db.IsSqlite
            ? $"delete from reeve_process where beat < strftime('%Y-%m-%d %H:%M:%f000', 'now', '-1 hour')"
            : (Sql)$"delete from reeve_process where beat < now() - {Remembered}");
        return db.WriteAsync(batch, cancel);
    }

    private static ProcessRow Read(DbRow row)
    {
        var settings = row.GetString(7).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);
        var services = row.GetString(6).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var info = new ProcessInfo(
            row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.IsNull(5) ? null : row.GetString(5),
            [.. services.Where(static line => !IsReport(line))], settings, row.GetInstant(9))
        {
            Reports = services.Where(IsReport).Select(ServiceReport.Read).LastOrDefault() ?? [],
        };
        var beat = row.GetInstant(10);
        return new ProcessRow(info, row.GetDouble(8), beat, row.GetInstant(11) - beat);
    }

    private static bool IsReport(string line) => line.StartsWith('[');
}
