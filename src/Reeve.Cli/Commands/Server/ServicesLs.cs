using System.CommandLine;
using Reeve.Server.Services;
using Reeve.Settings.Views;

namespace Reeve.Cli.Commands.Server;

/// <summary><c>server services ls</c>: the services and whether the settings here switch them on.</summary>
internal static class ServicesLs
{
    public static Command Create(CliHost host, string name) => new Command(name, "List the background services and their settings.").Runs(host, context =>
    {
        var settings = new ServerSettings(context.Settings);
        if (context.IsJson)
        {
            context.Output.Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var service in ServiceCatalogue.All)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", service.Name);
                    writer.WriteBoolean("enabled", service.IsEnabled(settings));
                    writer.WriteString("setting", service.Setting);
                    writer.WriteString("description", service.Description);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return;
        }

        context.Output.Table(
            ["Name", "Enabled", "Description", "Setting"],
            [.. ServiceCatalogue.All.Select(service => new[] { service.Name, service.IsEnabled(settings) ? "yes" : "no", service.Description, service.Setting })],
            "There are no services.");
    });
}
