using System.CommandLine;
using Reeve.Settings.Profiles;

namespace Reeve.Cli.Commands.Config;

/// <summary><c>config validate</c>: checks every source; old names in the active profile are replaced.</summary>
internal static class ConfigValidate
{
    public static Command Create(CliHost host) => new Command("validate", "Check all settings; write current names in place of old ones in the active profile.").Runs(host, RunAsync);

    private static Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var settings = ConfigWriter.Lenient(context);
        foreach (var error in settings.Errors) context.Output.Remark($"Error: {error.Message}");
        foreach (var notice in settings.Notices) context.Output.Remark($"Note: {notice}");
        if (settings.Errors.Count > 0) return Task.FromResult(ExitCode.Failure);
        var change = ConfigEditor.ReplaceOldNames(settings, ConfigWriter.Profiles(settings));
        if (change.Changes.Count > 0)
        {
            change.File.Save();
            context.Output.Line($"Replaced {change.Changes.Count} old names in profile '{change.Profile}'.");
        }

        context.Output.Line("The settings are valid.");
        return Task.FromResult(ExitCode.Success);
    }
}
