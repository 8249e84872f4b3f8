using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Server.Hosting;
using Reeve.Settings.Views;

namespace Reeve.Cli.Hosting;

/// <summary>Makes a server whose log goes to the standard error and whose end is the command's affair.</summary>
internal static class ServerHost
{
    public static ReeveServer Create(ServerSettings settings, ServerRole role, CliHost host) =>
        ReeveServer.Create(settings, role, host.Clock, logging =>
        {
            logging.AddProvider(new LineLoggerProvider(host.Error, host.Clock));
            logging.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
        });
}
