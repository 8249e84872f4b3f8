using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>A directory and an environment of a test's own, from which it runs the real program. When it goes, every process started from it has gone.</summary>
internal sealed class ReeveHome : IAsyncDisposable
{
    private readonly List<ReeveProcess> _started = [];

    public ReeveHome()
    {
        Path = Directory.CreateTempSubdirectory("reeve-e2e-").FullName;
        Port = FreePort();
        Environment["PREFECT_HOME"] = Path;
        Environment["PREFECT_API_URL"] = ApiUrl;
    }

    public string Path { get; }

    /// <summary>A port that was free a moment ago, for this home's server.</summary>
    public int Port { get; }

    public string ApiUrl => $"http://127.0.0.1:{Port}/api";

    public Dictionary<string, string> Environment { get; } = [];

    public static string Program { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "reeve");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the program and leaves it running.</summary>
    public ReeveProcess Start(params string[] args)
    {
        var process = ReeveProcess.Start(Program, args, Environment, Path);
        _started.Add(process);
        return process;
    }

    /// <summary>Starts a server on this home's port and waits until it is ready.</summary>
    public async Task<ReeveProcess> StartServerAsync(params string[] args)
    {
        var server = Start(["server", "start", "--host", "127.0.0.1", "--port", $"{Port}", .. args]);
        await server.PrintsAsync("Reeve serves");
        return server;
    }

    /// <summary>Runs a command to its end.</summary>
    public async Task<ReeveResult> RunAsync(params string[] args)
    {
        var process = Start(args);
        var code = await process.EndAsync();
        return new ReeveResult(string.Join(' ', args), code, process.Text(isError: false), process.Text(isError: true));
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<ReeveResult> OkAsync(params string[] args)
    {
        var result = await RunAsync(args);
        Assert.True(result.Code == 0, result.ToString());
        return result;
    }

    public TestApi Api() => new(ApiUrl);

    /// <summary>Every living process that was started, directly or not, from this home: its environment says so.</summary>
    public IReadOnlyList<int> Processes()
    {
        var mark = $"PREFECT_HOME={Path}";
        var found = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(System.IO.Path.GetFileName(directory), out var pid)) continue;
            try
            {
                if (File.ReadAllText($"{directory}/environ").Split('\0').Contains(mark)) found.Add(pid);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Gone between the listing and the look.
            }
        }

        return found;
    }

    public Task NothingRunsAsync() =>
        Eventually.GetAsync("end of a home", Path, () => Task.FromResult(string.Join(", ", Processes())), left => left.Length == 0, "no process left over");

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started) process.Dispose();
        foreach (var pid in Processes())
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has just ended.
            }
        }

        await NothingRunsAsync();
        Directory.Delete(Path, recursive: true);
    }
}
