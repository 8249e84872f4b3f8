using System.Globalization;
using Reeve.Data;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>Nobody has to wait for a connection to the database, and wake-ups of other processes are heard.</summary>
internal sealed class PoolCheck(Db db) : ICheck
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    public string Name => "connections";

    public bool NeedsDatabase => false;

    public Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel) => Task.FromResult(Of(db.Pool));

    internal static CheckResult Of(DbPoolState? pool)
    {
        if (pool is null) return CheckResult.Ok("A file needs no pool of connections.");
        var average = pool.Waits > 0 ? pool.TotalWait / pool.Waits : TimeSpan.Zero;
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{pool.Busy} of {pool.Max} connections in use, {pool.Waiting} callers waiting; {pool.Waits} have waited since the start, {average.TotalMilliseconds:0} ms on average, {pool.LongestWait.TotalMilliseconds:0} ms at most, {pool.GivenUp} in vain.");
        if (pool.GivenUp > 0 || pool.Waiting > 0 || pool.LongestWait > Long)
        {
            return CheckResult.Warn(
                seen, "More statements at once than connections, or statements that take long.",
                "Look at the results about idle transactions and locks first; then allow more with PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE, or add a process.");
        }
        return pool is { IsShared: true, Listens: false }
            ? CheckResult.Warn(
                $"{seen} A pooler stands before the database.", "Wake-ups of other processes do not come through a pooler in transaction mode: everybody looks every second instead.",
                "Name the way past the pooler in PREFECT_REEVE_DATABASE_DIRECT_URL.")
            : CheckResult.Ok(seen);
    }
}
