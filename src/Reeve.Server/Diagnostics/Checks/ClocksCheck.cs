using Reeve.Server.Processes;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>The clocks of all processes agree with the database's.</summary>
internal sealed class ClocksCheck(ProcessStore processes) : ICheck
{
    public string Name => "clocks";

    public bool NeedsDatabase => true;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var known = await processes.ListAsync(cancel);
        var skews = ProcessWarnings.OfClocks(known);
        if (skews.Count > 0) return new CheckResult(CheckStatus.Warn, skews, "A clock that nobody sets, or a machine that was held still.", "Synchronise the clocks (NTP) of these machines and of the database's.");
        return CheckResult.Ok($"The clocks of {known.Count(static process => !process.IsSilent)} processes agree with the database's.");
    }
}
