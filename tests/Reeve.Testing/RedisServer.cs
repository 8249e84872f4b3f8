using System.Net.Sockets;
using System.Text;

namespace Reeve.Testing;

/// <summary>
/// A Redis of the tests' own, which keeps nothing on disk. One serves the whole process, so keys need a prefix of the
/// test's own; REEVE_TEST_REDIS (host:port) names another to use instead.
/// </summary>
public sealed class RedisServer : IDisposable
{
    private static readonly Lazy<Task<RedisServer>> SharedServer = new(OpenSharedAsync);
    private readonly GuardedProcess? process;

    private RedisServer(string host, int port, GuardedProcess? process)
    {
        Host = host;
        Port = port;
        this.process = process;
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>As StackExchange.Redis wants it: host:port.</summary>
    public string ConnectionString => $"{Host}:{Port}";

    /// <summary>A TCP port that was free a moment ago, for an option.</summary>
    public static int FreePort() => GuardedProcess.FreePort();

    /// <summary>The one of this process, started when first asked for.</summary>
    public static Task<RedisServer> SharedAsync() => SharedServer.Value;

    /// <summary>One that nobody else uses, for tests that stop or flush it.</summary>
    /// <param name="atPort">Where one ran before; null for a free port.</param>
    /// <param name="options">Further arguments of redis-server.</param>
    /// <exception cref="InvalidOperationException">Redis is not installed or does not start.</exception>
    public static async Task<RedisServer> StartAsync(int? atPort = null, params string[] options)
    {
        var program = Programs.Find("redis-server", "redis-server", "/usr/bin", "/usr/local/bin");
        var directory = Directory.CreateTempSubdirectory("reeve-redis-").FullName;
        var port = atPort ?? GuardedProcess.FreePort();
        var process = GuardedProcess.Start(
            directory,
            "KILL",
            [
                program, "--bind", "127.0.0.1", "--port", $"{port}", "--unixsocket", Path.Combine(directory, "socket"),
                "--dir", directory, "--save", "", "--appendonly", "no", "--daemonize", "no", .. options,
            ]);
        await process.ReadyAsync("Redis", () => AnswersAsync(port));
        return new RedisServer("127.0.0.1", port, process);
    }

    /// <summary>Starts a Sentinel that watches a master and its replicas under a name, fast to notice and alone in its judgement; its port is <see cref="Port"/>.</summary>
    public static async Task<RedisServer> SentinelAsync(string name, RedisServer master, string password)
    {
        var program = Programs.Find("redis-server", "redis-server", "/usr/bin", "/usr/local/bin");
        var directory = Directory.CreateTempSubdirectory("reeve-sentinel-").FullName;
        var port = GuardedProcess.FreePort();
        var file = Path.Combine(directory, "sentinel.conf");
        await File.WriteAllTextAsync(
            file,
            $"""
            bind 127.0.0.1
            port {port}
            dir {directory}
            sentinel monitor {name} {master.Host} {master.Port} 1
            sentinel auth-pass {name} {password}
            sentinel down-after-milliseconds {name} 500
            sentinel failover-timeout {name} 2000
            """ + "\n");
        var process = GuardedProcess.Start(directory, "KILL", [program, file, "--sentinel"]);
        await process.ReadyAsync("Sentinel", () => AnswersAsync(port));
        return new RedisServer("127.0.0.1", port, process);
    }

    /// <summary>Kills one that was started by <see cref="StartAsync"/>; what it held is lost.</summary>
    public Task KillAsync() => process!.KillAsync();

    /// <summary>Holds it still, so that it neither answers nor refuses.</summary>
    public void Pause() => process!.Pause();

    /// <summary>Lets it go on.</summary>
    public void Continue() => process!.Continue();

    /// <summary>Starts it again, empty, on the same port.</summary>
    public Task StartAgainAsync()
    {
        process!.Again();
        return process.ReadyAsync("Redis", () => AnswersAsync(Port));
    }

    /// <summary>Kills it.</summary>
    public void Dispose() => process?.Dispose();

    /// <summary>How many connections it has that give themselves a name.</summary>
    public async Task<int> ConnectionsAsync(string name)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Host, Port);
        var stream = client.GetStream();
        await stream.WriteAsync("CLIENT LIST\r\nQUIT\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync()).Split('\n').Count(line => line.Contains($" name={name} ", StringComparison.Ordinal));
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray());
        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer);
        return Encoding.ASCII.GetString(answer) is "+PONG\r\n" or "-NOAUTH";
    }

    private static async Task<RedisServer> OpenSharedAsync()
    {
        if (Environment.GetEnvironmentVariable("REEVE_TEST_REDIS") is { Length: > 0 } given)
        {
            var colon = given.LastIndexOf(':');
            return new RedisServer(given[..colon], int.Parse(given.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture), process: null);
        }

        var server = await StartAsync();
        server.process?.StopAtExit();
        return server;
    }
}
