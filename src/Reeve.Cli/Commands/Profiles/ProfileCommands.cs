using System.CommandLine;
using Reeve.Cli.Commands.Config;
using Reeve.Settings;
using Reeve.Settings.Profiles;

namespace Reeve.Cli.Commands.Profiles;

/// <summary>The group <c>profile</c>: named sets of settings in profiles.toml.</summary>
internal static class ProfileCommands
{
    private static readonly Argument<string> Name = new("name") { Description = "The profile." };
    private static readonly Argument<string?> OptionalName = new("name") { Description = "The profile; the active one without it.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> NewName = new("new-name") { Description = "Its new name." };
    private static readonly Option<string?> From = new("--from") { Description = "Copy the values of this profile." };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static Command Create(CliHost host) => new("profile", "Manage profiles, named sets of settings.")
    {
        new Command("ls", "List profiles; the active one is marked.").Runs(host, Ls),
        new Command("use", "Make a profile the active one.") { Name }.Runs(host, context => Edit(context, (file, _) => ProfilesEditor.Use(file, context.Get(Name)), $"Profile '{context.Get(Name)}' is active.")),
        new Command("create", "Create a profile.") { Name, From }.Runs(host, context => Edit(
            context, (file, _) => ProfilesEditor.Create(file, context.Get(Name), context.Get(From)), $"Created profile '{context.Get(Name)}'. Use it with: reeve profile use '{context.Get(Name)}'")),
        new Command("inspect", "Print the settings of a profile.") { OptionalName }.Runs(host, Inspect),
        new Command("delete", "Delete a profile.") { Name, Yes }.Runs(host, Delete),
        new Command("rename", "Give a profile another name.") { Name, NewName }.Runs(host, context => Edit(
            context, (file, _) => ProfilesEditor.Rename(file, context.Get(Name), context.Get(NewName)), $"Profile '{context.Get(Name)}' is now '{context.Get(NewName)}'.")),
    };

    private static void Ls(CommandContext context)
    {
        var settings = ConfigWriter.Lenient(context);
        var file = ConfigWriter.Profiles(settings);
        var names = file.Profiles.Select(profile => profile.Name).Append(settings.Profile.Name).Distinct(StringComparer.Ordinal).ToList();
        if (context.IsJson)
        {
            context.Output.Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var name in names)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", name);
                    writer.WriteBoolean("active", name == settings.Profile.Name);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return;
        }

        foreach (var name in names) context.Output.Line($"{(name == settings.Profile.Name ? "*" : " ")} {name}");
    }

    private static void Inspect(CommandContext context)
    {
        var settings = ConfigWriter.Lenient(context);
        var name = context.Get(OptionalName!) ?? settings.Profile.Name;
        var profile = ConfigWriter.Profiles(settings).Find(name) ?? throw new CliException($"There is no profile '{name}'. See: reeve profile ls");
        foreach (var (variable, value) in profile.Values)
        {
            var isSecret = SettingsCatalogue.Current.FindVariable(variable) is { Kind: SettingKind.Secret };
            context.Output.Line($"{variable}='{(isSecret ? "********" : value)}'");
        }

        if (profile.Values.Count == 0) context.Output.Line($"Profile '{name}' is empty.");
    }

    private static void Delete(CommandContext context)
    {
        context.Output.Confirm($"Delete profile '{context.Get(Name)}'?", context.Get(Yes));
        Edit(context, (file, settings) => ProfilesEditor.Delete(file, context.Get(Name), settings.Profile.Name), $"Deleted profile '{context.Get(Name)}'.");
    }

    private static void Edit(CommandContext context, Func<ProfilesFile, ResolvedSettings, ProfilesFile> edit, string done)
    {
        var settings = ConfigWriter.Lenient(context);
        edit(ConfigWriter.Profiles(settings), settings).Save();
        context.Output.Line(done);
    }
}
