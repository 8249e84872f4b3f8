using Reeve.Server.Processes;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>The processes of the installation fit together and run every service between them.</summary>
internal sealed class ProcessesCheck(ProcessStore processes, ServiceRunner runner, DiagnosticsStore store, ServerSettings settings) : ICheck
{
    public string Name => "processes";

    public bool NeedsDatabase => true;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var known = await processes.ListAsync(cancel);
        var wanted = runner.All.Where(service => service.Info.IsEnabled(settings)).Select(static service => service.Name).ToList();
        var warnings = ProcessWarnings.Of(known, wanted, store.IsSqlite).Except(ProcessWarnings.OfClocks(known)).ToList();
        if (warnings.Count > 0) return new CheckResult(CheckStatus.Warn, warnings, "Processes that have ended, differ, or are set up in an unsafe way.", "Each sentence names its way out; see also: reeve server status");
        return CheckResult.Ok($"{known.Count} processes, which agree.");
    }
}
