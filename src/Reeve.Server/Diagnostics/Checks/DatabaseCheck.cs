using System.Globalization;
using Reeve.Data;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>The database answers, and soon.</summary>
internal sealed class DatabaseCheck(Db db, TimeProvider clock) : ICheck
{
    private const int Pings = 3;

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);

    public string Name => "database";

    public bool NeedsDatabase => false;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var best = TimeSpan.MaxValue;
        for (var ping = 0; ping < Pings; ping++)
        {
            var began = clock.GetTimestamp();
            if (!await db.PingAsync(cancel))
                return CheckResult.Fail("It does not answer.", "It is stopped, restarting, or out of reach from here.", "See that it runs and that PREFECT_API_DATABASE_CONNECTION_URL names it; Reeve reconnects by itself.");
            if (clock.GetElapsedTime(began) is var took && took < best) best = took;
        }
        return Of(best, db.IsSqlite);
    }

    /// <param name="best">The quickest of some round trips.</param>
    /// <param name="isSqlite">The database is a file.</param>
    internal static CheckResult Of(TimeSpan best, bool isSqlite)
    {
        var seen = string.Create(CultureInfo.InvariantCulture, $"{(isSqlite ? "SQLite" : "PostgreSQL")} answers in {best.TotalMilliseconds:0.0} ms.");
        if (best <= Slow) return CheckResult.Ok(seen);
        return isSqlite
            ? CheckResult.Warn(seen, "The disk is slow, or the file lies on a network file system.", "Move the file to a local disk, or use PostgreSQL.")
            : CheckResult.Warn(seen, "The database is far away or overloaded.", "Run Reeve near its database: every request waits for one round trip or more.");
    }
}
