using System.CommandLine;
using Reeve.Settings;
using Reeve.Settings.Profiles;

namespace Reeve.Cli.Commands.Config;

/// <summary><c>config view</c>.</summary>
internal static class ConfigViewCommand
{
    private static readonly Option<bool> ShowDefaults = new("--show-defaults") { Description = "Also settings nobody has set." };
    private static readonly Option<bool> HideDefaults = new("--hide-defaults") { Description = "Only settings somebody has set; the default." };
    private static readonly Option<bool> ShowSources = new("--show-sources") { Description = "Say where each came from; the default." };
    private static readonly Option<bool> HideSources = new("--hide-sources") { Description = "Do not say where each came from." };
    private static readonly Option<bool> ShowSecrets = new("--show-secrets") { Description = "Print passwords and keys in clear." };

    public static Command Create(CliHost host) =>
        new Command("view", "Print the settings in force.") { ShowDefaults, HideDefaults, ShowSources, HideSources, ShowSecrets }.Runs(host, Run);

    private static void Run(CommandContext context)
    {
        var settings = ConfigWriter.Lenient(context);
        if (context.IsJson)
        {
            context.Output.Json(writer => SettingsReport.Write(writer, settings, onlySet: !context.Get(ShowDefaults)));
            return;
        }

        context.Output.Line($"PREFECT_PROFILE='{settings.Profile.Name}'");
        foreach (var entry in ConfigView.Of(settings, context.Get(ShowDefaults), context.Get(ShowSecrets)))
        {
            var source = context.Get(HideSources) ? "" : $" (from {entry.Source.Label})";
            context.Output.Line($"{entry.Name}='{entry.Value}'{source}");
        }

        foreach (var error in settings.Errors) context.Output.Remark($"Error: {error.Message}");
    }
}
