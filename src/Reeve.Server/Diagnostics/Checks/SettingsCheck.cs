using Reeve.Settings;
using Reeve.Settings.Views;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>What is set has an effect, and is set once.</summary>
internal sealed class SettingsCheck(ServerSettings settings) : ICheck
{
    public string Name => "settings";

    public bool NeedsDatabase => false;

    public Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel) => Task.FromResult(Of(settings.Resolved));

    internal static CheckResult Of(ResolvedSettings resolved)
    {
        // An older name works as well as the new one.
        var notices = resolved.Notices.Where(static notice => notice.Kind != SettingNoticeKind.OldName).Select(static notice => notice.Message).ToList();
        if (notices.Count > 0)
        {
            return new CheckResult(
                CheckStatus.Warn, notices, "Settings that do nothing, are misspelt, or contradict each other.", "Take them out or correct them; see: reeve config validate, and docs/settings.md");
        }
        return CheckResult.Ok($"{resolved.All.Count(static setting => setting.IsSet)} settings are set, and each has an effect.");
    }
}
