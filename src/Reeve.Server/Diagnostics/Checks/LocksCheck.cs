using System.Globalization;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>No statement waits long for another one's lock.</summary>
internal sealed class LocksCheck(DiagnosticsStore store) : ICheck
{
    private const double Bad = 5;

    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(100);

    public string Name => "locks";

    public bool NeedsDatabase => true;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (store.IsSqlite) return CheckResult.Ok("A SQLite file has one writer; writes queue for it in order.");
        var waits = await store.LockWaitsAsync(Tolerated, cancel);
        if (waits.Count == 0) return CheckResult.Ok("No session waits for a lock.");
        return new CheckResult(
            waits[0].Seconds > Bad ? CheckStatus.Fail : CheckStatus.Warn,
            [.. waits.Select(static wait => string.Create(CultureInfo.InvariantCulture, $"Session {wait.Pid} ({wait.Name}) has waited {wait.Seconds:0.0} s for a lock of {wait.Blockers}."))],
            "Another session holds what they need: a transaction left open, a migration, a vacuum full, or many changes of the same row.",
            "See what the sessions that are waited for do (pg_stat_activity); end those that do nothing: select pg_terminate_backend(pid)");
    }
}
