using System.CommandLine;

namespace Reeve.Cli;

/// <summary>Options that every command understands.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON on the standard output; remarks go to the standard error.", Recursive = true };

    public static Option<string?> Output { get; } = CreateOutput();

    public static Option<string?> Profile { get; } = new("--profile") { Description = "Use this profile instead of the active one.", Recursive = true, HelpName = "name" };

    private static Option<string?> CreateOutput()
    {
        var option = new Option<string?>("--output", "-o") { Description = "text or json; json is the same as --json.", Recursive = true, HelpName = "format" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
