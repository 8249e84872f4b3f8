using System.Globalization;
using System.Net.Sockets;

namespace Reeve.Testing;

/// <summary>An nginx of the tests' own, with the configuration that operators get in deploy/nginx.conf.</summary>
public sealed class NginxServer : IDisposable
{
    private readonly GuardedProcess process;

    private NginxServer(int port, GuardedProcess process)
    {
        Port = port;
        this.process = process;
    }

    public int Port { get; }

    /// <summary>Starts one before two API servers on loopback.</summary>
    /// <exception cref="InvalidOperationException">nginx is not installed or does not start.</exception>
    public static async Task<NginxServer> StartAsync(int first, int second)
    {
        var program = Programs.Find("nginx", "nginx-light", "/usr/sbin", "/usr/local/bin");
        var directory = Directory.CreateTempSubdirectory("reeve-nginx-").FullName;
        var port = GuardedProcess.FreePort();
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout(), "deploy", "nginx.conf"));
        var file = Path.Combine(directory, "nginx.conf");
        await File.WriteAllTextAsync(
            file,
            text.Replace("api-1:4200", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{first}"), StringComparison.Ordinal)
                .Replace("api-2:4200", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{second}"), StringComparison.Ordinal)
                .Replace("listen 4200", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port}"), StringComparison.Ordinal)
                .Replace("/tmp/", directory + "/", StringComparison.Ordinal));
        // One process, so that it can be killed as one.
        var process = GuardedProcess.Start(directory, "TERM", [program, "-p", directory, "-c", file, "-g", "daemon off; master_process off;"]);
        var server = new NginxServer(port, process);
        await server.ReadyAsync();
        return server;
    }

    /// <summary>Kills it.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Holds it still, so that it neither answers nor refuses.</summary>
    public void Pause() => process.Pause();

    /// <summary>Lets it go on.</summary>
    public void Continue() => process.Continue();

    /// <summary>Starts it again on the same port.</summary>
    public Task StartAgainAsync()
    {
        process.Again();
        return ReadyAsync();
    }

    public void Dispose() => process.Dispose();

    private Task ReadyAsync() => process.ReadyAsync("nginx", async () =>
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        return true;
    });

    private static string Checkout()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Reeve.slnx"))) return at.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
