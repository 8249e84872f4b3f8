using System.Globalization;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>What automations are to do is done when its time comes, and does not end in failure after failure.</summary>
internal sealed class ActionsCheck(DiagnosticsStore store) : ICheck
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Stopped = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    public string Name => "actions";

    public bool NeedsDatabase => true;

    public async Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var (waiting, oldest, dead) = await store.ActionsAsync(now, now - Recently, cancel);
        return Of(waiting, oldest, dead);
    }

    internal static CheckResult Of(int waiting, TimeSpan oldest, int dead)
    {
        var seen = new List<string>();
        if (waiting > 0) seen.Add(string.Create(CultureInfo.InvariantCulture, $"{Count(waiting)} actions of automations are due, the oldest for {oldest.TotalSeconds:0} s."));
        if (dead > 0) seen.Add($"{Count(dead)} actions were given up in the last hour, after as many attempts as are made.");
        if (oldest > Late)
        {
            return new CheckResult(
                oldest > Stopped ? CheckStatus.Fail : CheckStatus.Warn, seen, "No process runs the service Actions, or it does not keep up: automations act late.",
                "Look at the results about services and processes; run services in a further process: reeve server services start");
        }
        if (dead > 0)
        {
            return new CheckResult(
                CheckStatus.Warn, seen, "What the actions call, such as a webhook or a mail server, did not answer.", "Ask why: reeve automation inspect NAME --explain");
        }
        return new CheckResult(CheckStatus.Ok, waiting == 0 ? ["No action of an automation is late."] : seen);
    }

    private static string Count(int count) => count >= DiagnosticsStore.Most ? $"{count} or more" : $"{count}";
}
