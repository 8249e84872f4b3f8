using Reeve.Settings;
using Reeve.Settings.Profiles;

namespace Reeve.Cli.Commands.Config;

/// <summary>Changes the active profile and says what changed.</summary>
internal static class ConfigWriter
{
    public static void Set(CommandContext context, IEnumerable<string> assignments) => Apply(context, (settings, file) => ConfigEditor.Set(settings, file, assignments));

    public static void Unset(CommandContext context, IEnumerable<string> names) => Apply(context, (settings, file) => ConfigEditor.Unset(settings, file, names));

    /// <summary>The settings even where some are wrong: setting them right must remain possible.</summary>
    public static ResolvedSettings Lenient(CommandContext context) => ResolvedSettings.LoadWithErrors(context.Host.Sources(context.Arguments, context.Profile));

    public static ProfilesFile Profiles(ResolvedSettings settings) => ProfilesFile.Load(settings.Text("profiles_path"));

    private static void Apply(CommandContext context, Func<ResolvedSettings, ProfilesFile, ConfigChange> edit)
    {
        var settings = Lenient(context);
        var change = edit(settings, Profiles(settings));
        change.File.Save();
        foreach (var (name, value) in change.Changes)
        {
            // The value is not repeated: it may be a secret, and the user has just typed it.
            context.Output.Line(value is null ? $"Removed {name}." : $"Set {name}.");
        }

        context.Output.Line($"Changed profile '{change.Profile}' in {change.File.Path}.");
        foreach (var remark in change.Remarks) context.Output.Remark($"Note: {remark}");
    }
}
