using System.Globalization;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>Events are handed on soon after they happen: to the event log, to automations and to whoever listens.</summary>
internal sealed class OutboxCheck(DiagnosticsStore store) : ICheck
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Stopped = TimeSpan.FromMinutes(5);

    public string Name => "events";

    public bool NeedsDatabase => true;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var (events, oldest) = await store.OutboxAsync(cancel);
        return Of(events, oldest);
    }

    internal static CheckResult Of(int events, TimeSpan oldest)
    {
        var count = events >= DiagnosticsStore.Most ? $"{events} or more" : $"{events}";
        var seen = string.Create(CultureInfo.InvariantCulture, $"{count} events wait to be handed on, the oldest for {oldest.TotalSeconds:0.0} s.");
        if (oldest <= Late) return CheckResult.Ok(events == 0 ? "No event waits to be handed on." : seen);
        return new CheckResult(
            oldest > Stopped ? CheckStatus.Fail : CheckStatus.Warn, [seen], "No process runs the service EventPersister, or it does not keep up: events are stored and automations fire late.",
            "Look at the results about services and processes; run services in a further process: reeve server services start");
    }
}
