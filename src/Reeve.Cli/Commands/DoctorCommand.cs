using System.CommandLine;
using System.Text.Json;

namespace Reeve.Cli.Commands;

/// <summary><c>doctor</c>: what is wrong with the installation, as its server sees it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CliHost host) =>
        new Command("doctor", "Ask a running server what is wrong with it and its surroundings, and what to do. The exit code is 1 when something fails.").Runs(host, RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        using var answer = JsonDocument.Parse((await context.Client.Server.GetAsync("reeve/diagnostics", cancel)).Utf8);
        var root = answer.RootElement;
        if (context.IsJson) context.Output.Raw(root.GetRawText());
        else Print(context, root);
        return Text(root, "status") == "fail" ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Print(CommandContext context, JsonElement root)
    {
        var checks = root.GetProperty("checks").EnumerateArray().ToList();
        context.Output.Table(
            ["Check", "Status", "Seen"],
            [.. checks.SelectMany(static check => check.GetProperty("evidence").EnumerateArray().Select((line, at) => new[]
            {
                at == 0 ? Text(check, "name") : "", at == 0 ? Text(check, "status").ToUpperInvariant() : "", line.GetString(),
            }))],
            "The server has no checks.");
        foreach (var check in checks.Where(static check => Text(check, "status") != "ok"))
        {
            context.Output.Line($"{Text(check, "name")}: {Text(check, "cause")}");
            context.Output.Line($"  -> {Text(check, "fix")}");
        }
        context.Output.Line($"Seen by {Text(root, "process")}: {Summary(checks)}");
    }

    private static string Summary(List<JsonElement> checks)
    {
        var (warnings, failures) = (checks.Count(static check => Text(check, "status") == "warn"), checks.Count(static check => Text(check, "status") == "fail"));
        return warnings + failures == 0 ? "all is well." : $"{failures} failures and {warnings} warnings of {checks.Count} checks.";
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
