using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Reeve.Contract;

namespace Reeve.Cli.Commands;

/// <summary>
/// <c>version</c>: reads nothing and asks nobody. To a script that calls <c>prefect</c> it answers as Prefect does, with the version that it may
/// rely on: scripts compare it with what they need, and clients their own with the server's.
/// </summary>
internal static class VersionCommand
{
    public static Command Create(CliHost host)
    {
        var shortly = new Option<bool>("--short") { Description = "The number alone." };
        return new Command("version", "Print the version.") { shortly }.Runs(host, context =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
            if (context.IsJson)
            {
                context.Output.Json(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("version", version);
                    writer.WriteString("api_version", PrefectVersion.Api);
                    writer.WriteString("compatible_with", $"Prefect {PrefectVersion.Package}");
                    writer.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                    writer.WriteString("platform", RuntimeInformation.RuntimeIdentifier);
                    writer.WriteEndObject();
                });
                return;
            }

            if (context.Get(shortly))
            {
                context.Output.Line(host.CalledPrefect ? PrefectVersion.Package : version);
                return;
            }

            context.Output.Details(
            [
                ("Version", host.CalledPrefect ? PrefectVersion.Package : $"Reeve {version}"),
                host.CalledPrefect ? ("Program", $"Reeve {version}") : ("Compatible with", $"Prefect {PrefectVersion.Package}"),
                ("API version", PrefectVersion.Api),
                ("Runtime", RuntimeInformation.FrameworkDescription),
                ("Platform", RuntimeInformation.RuntimeIdentifier),
            ]);
        });
    }
}
