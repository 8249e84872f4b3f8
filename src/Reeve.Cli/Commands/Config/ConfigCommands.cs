using System.CommandLine;

namespace Reeve.Cli.Commands.Config;

/// <summary>The group <c>config</c>.</summary>
internal static class ConfigCommands
{
    private static readonly Argument<string[]> Assignments = new("VAR=VAL") { Description = "Settings with their new values.", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<string[]> Names = new("VAR") { Description = "Settings to remove.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Accepted; nothing is asked.", Hidden = true };

    public static Command Create(CliHost host) => new("config", "Look at settings and change them in the active profile.")
    {
        ConfigViewCommand.Create(host),
        new Command("set", "Set values in the active profile.") { Assignments }.Runs(host, context => ConfigWriter.Set(context, context.Get(Assignments))),
        new Command("unset", "Remove values from the active profile.") { Names, Yes }.Runs(host, context => ConfigWriter.Unset(context, context.Get(Names))),
        ConfigValidate.Create(host),
    };
}
