using Reeve.Cli.Hosting;
using Reeve.Settings;

namespace Reeve.Cli.Commands.Server;

/// <summary>Where processes in the background leave their traces.</summary>
internal static class ServerPaths
{
    public static PidFile ServerPid(ResolvedSettings settings) => new(Path.Combine(settings.Text("home"), "server.pid"));

    public static string ServerLog(ResolvedSettings settings) => Path.Combine(settings.Text("home"), "server.log");

    public static PidFile ServicesPid(ResolvedSettings settings) => new(Path.Combine(settings.Text("home"), "services.pid"));

    public static string ServicesLog(ResolvedSettings settings) => Path.Combine(settings.Text("home"), "services.log");
}
