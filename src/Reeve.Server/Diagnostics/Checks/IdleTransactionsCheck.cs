using System.Globalization;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>No session keeps a transaction open without doing anything: it would hold locks and keep dead rows alive.</summary>
internal sealed class IdleTransactionsCheck(DiagnosticsStore store) : ICheck
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(100);

    public string Name => "idle-transactions";

    public bool NeedsDatabase => true;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (store.IsSqlite) return CheckResult.Ok("A SQLite file has one writer, which does not wait for anybody inside a transaction.");
        var sessions = await store.IdleTransactionsAsync(Tolerated, cancel);
        if (sessions.Count == 0) return CheckResult.Ok("No session idles in a transaction for more than 100 ms.");
        return new CheckResult(
            CheckStatus.Warn,
            [.. sessions.Select(static session => string.Create(CultureInfo.InvariantCulture, $"Session {session.Pid} ({session.Name}) has idled in a transaction for {session.Seconds:0.0} s."))],
            "Somebody began a transaction and went away: a psql session, a tool, or a process that is held still. Its locks stay and vacuum cannot clean up behind it.",
            "End it where it was begun, or: select pg_terminate_backend(pid). A session of Reeve's own is ended as soon as another has waited for its locks too long.");
    }
}
