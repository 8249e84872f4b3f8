using Reeve.Settings.Views;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>Scheduled runs are taken by somebody when their time comes.</summary>
internal sealed class LateRunsCheck(DiagnosticsStore store, ServerSettings settings) : ICheck
{
    public string Name => "late-runs";

    public bool NeedsDatabase => true;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var pools = await store.LateRunsAsync(now - settings.Services.LateRunsAfter, cancel);
        if (pools.Count == 0) return CheckResult.Ok($"No run has waited for more than {settings.Services.LateRunsAfter.TotalSeconds:0} s after its time.");
        var all = pools.Sum(static pool => pool.Runs) >= DiagnosticsStore.Most ? $" (of the {DiagnosticsStore.Most} that have waited longest)" : "";
        return new CheckResult(
            CheckStatus.Warn,
            [.. pools.Select(pool => $"{pool.Runs} runs{all} {(pool.Pool is { } name ? $"of work pool '{name}'" : "without a work pool")} are late, the oldest by {(now - pool.Oldest).TotalSeconds:0} s.")],
            "No worker, a pool or queue that is paused or full, or runs that are begun by nobody.", "Ask of one of them: reeve flow-run ls --state Late, then reeve flow-run explain ID");
    }
}
