using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Reeve.Settings.Views;

namespace Reeve.Cli.Commands;

/// <summary><c>dashboard open</c>: where the page is, and the page itself where there is a browser.</summary>
internal static class DashboardOpen
{
    private static readonly Option<bool> Print = new("--print") { Description = "Print the address and open nothing." };

    public static Command CreateGroup(CliHost host) => new("dashboard", "The page of the server.")
    {
        new Command("open", "Open the server's page in the browser.") { Print }.Runs(host, Run),
    };

    private static void Run(CommandContext context)
    {
        var address = new ClientSettings(context.Settings).UiUrl
            ?? throw new CliException("It is not known where the page is: set PREFECT_API_URL to the API of a running server, or PREFECT_UI_URL to its page.");
        // The address alone on its line, for whoever passes it on; a browser is for people.
        context.Output.Line(address);
        if (!context.Get(Print) && context.Host.IsTerminal && HasDesktop()) Open(address);
    }

    private static bool HasDesktop() => !OperatingSystem.IsLinux()
        || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 } || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    private static void Open(string address)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(address) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address]);
        try
        {
            Process.Start(start)?.Dispose();
        }
        catch (Win32Exception)
        {
            // No program opens addresses here; the address was printed.
        }
    }
}
