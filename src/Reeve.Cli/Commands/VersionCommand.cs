using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Reeve.Cli.Commands;

/// <summary><c>version</c>: reads nothing and asks nobody.</summary>
internal static class VersionCommand
{
    /// <summary>The server whose API and database this one is compatible with.</summary>
    private const string Prefect = "3.8.4";
    private const string Api = "0.8.4";

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
                    writer.WriteString("api_version", Api);
                    writer.WriteString("compatible_with", $"Prefect {Prefect}");
                    writer.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                    writer.WriteString("platform", RuntimeInformation.RuntimeIdentifier);
                    writer.WriteEndObject();
                });
                return;
            }

            if (context.Get(shortly))
            {
                context.Output.Line(version);
                return;
            }

            context.Output.Details(
            [
                ("Version", $"Reeve {version}"),
                ("Compatible with", $"Prefect {Prefect}"),
                ("API version", Api),
                ("Runtime", RuntimeInformation.FrameworkDescription),
                ("Platform", RuntimeInformation.RuntimeIdentifier),
            ]);
        });
    }
}
