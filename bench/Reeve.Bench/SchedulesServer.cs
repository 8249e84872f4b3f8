using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reeve.Bench;

/// <summary>A server as a process of its own, with what it costs.</summary>
internal sealed class SchedulesServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly string _home;

    private SchedulesServer(Process process, HttpClient http, string home)
    {
        _process = process;
        _http = http;
        _home = home;
    }

    public static async Task<SchedulesServer> StartAsync(BenchOptions options, params (string Name, string Value)[] environment)
    {
        var command = (options.Text("program") ?? throw new ArgumentException("--program is missing: the command that is reeve")).Split(' ');
        var home = Directory.CreateTempSubdirectory("reeve-bench-").FullName;
        var port = FreePort();
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in command[1..]) start.ArgumentList.Add(word);
        foreach (var word in (string[])["server", "start", "--port", $"{port}"]) start.ArgumentList.Add(word);
        start.Environment["PREFECT_HOME"] = home;
        start.Environment["PREFECT_API_DATABASE_CONNECTION_URL"] = options.Text("database") ?? $"sqlite+aiosqlite:///{home}/reeve.db";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => { if (line.Data is { } text) Console.Error.WriteLine(text); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new SchedulesServer(process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/") }, home);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await server._http.GetAsync("ready");
                if (answer.IsSuccessStatusCode) return server;
            }
            catch (HttpRequestException) when (attempt < 300)
            {
                // Not listening yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Processor time of the process so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public async Task<JsonNode> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>The services of the process, by name.</summary>
    public async Task<Dictionary<string, JsonElement>> ServicesAsync()
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync("reeve/services"));
        return document.RootElement.EnumerateArray()
            .Where(service => service.GetProperty("runs_here").GetBoolean() && service.GetProperty("part_of").ValueKind == JsonValueKind.Null)
            .ToDictionary(service => service.GetProperty("name").GetString()!, service => service.Clone());
    }

    /// <summary>Makes deployments: every <paramref name="ruleEvery"/>th has a recurrence rule from <paramref name="from"/>, the others an hourly cron.</summary>
    public async Task DeployAsync(int count, int ruleEvery, string from)
    {
        var flow = (string)(await PostAsync("flows/", """{"name":"bench"}"""))["id"]!;
        await PostAsync("work_pools/", """{"name":"bench","type":"process"}""");
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var schedule = i % ruleEvery == 0
                ? $$"""{"rrule":"DTSTART:{{from}}\nRRULE:FREQ=MINUTELY;INTERVAL=30","timezone":"UTC"}"""
                : $$"""{"cron":"{{i % 60}} * * * *","timezone":"America/New_York"}""";
            await PostAsync("deployments/", $$$"""{"name":"d{{{i}}}","flow_id":"{{{flow}}}","work_pool_name":"bench","schedules":[{"schedule":{{{schedule}}}}]}""");
        });
    }

    public static string Number(double value, string format = "0.000") => value.ToString(format, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
