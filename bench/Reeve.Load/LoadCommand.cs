using System.Diagnostics;
using System.Globalization;

namespace Reeve.Load;

/// <summary>Reads the options and measures; by default the hot path, by several clients at once, with rates and percentiles by step.</summary>
internal static class LoadCommand
{
    public static async Task<int> RunAsync(string[] args, Func<LoadOptions, Task<int>> measure)
    {
        if (LoadOptions.Parse(args) is { } options) return await measure(options);
        Console.Error.WriteLine(LoadOptions.Usage);
        return 2;
    }

    public static async Task<int> RunHotPathAsync(LoadOptions options)
    {
        var servers = options.Apis.Select(api => new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Clients }) { BaseAddress = api }).ToArray();
        var flow = await HotPath.CreateFlowAsync(servers[0]);
        await RoundsAsync(servers, flow, options, options.WarmUp, new Samples());

        var samples = new Samples();
        var cpu = ProcessCpu.Read(options.ServerProcesses);
        var clock = Stopwatch.StartNew();
        await RoundsAsync(servers, flow, options, options.Rounds, samples);
        clock.Stop();
        var used = ProcessCpu.Read(options.ServerProcesses) - cpu;
        foreach (var server in servers) server.Dispose();
        Print(samples, clock.Elapsed, used);
        return samples.Errors == 0 ? 0 : 1;
    }

    private static Task RoundsAsync(HttpClient[] servers, Guid flow, LoadOptions options, int rounds, Samples samples)
    {
        var began = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, options.Clients).Select(client => Task.Run(async () =>
        {
            var path = new HotPath(servers[client % servers.Length], flow, samples);
            for (var i = 0; i < rounds && !(Stopwatch.GetElapsedTime(began) > options.Limit); i++)
            {
                var due = options.RunRate is { } rate ? TimeSpan.FromSeconds((i + (double)client / options.Clients) * options.Clients / rate) : TimeSpan.Zero;
                var early = due - Stopwatch.GetElapsedTime(began);
                if (early > TimeSpan.Zero) await Task.Delay(early, TimeProvider.System);
                await path.RunAsync();
            }
        })));
    }

    /// <summary>Rates and percentiles by step; requests for the CPU time of the server, where that is known.</summary>
    public static void Print(Samples samples, TimeSpan elapsed, TimeSpan? cpu)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"step",-12} {"count",8} {"p50 ms",8} {"p95 ms",8} {"p99 ms",8}"));
        foreach (var (step, count, p50, p95, p99) in samples.Percentiles())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step,-12} {count,8} {p50,8:0.00} {p95,8:0.00} {p99,8:0.00}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{samples.Count} requests, {samples.Errors} errors, {samples.Count / elapsed.TotalSeconds:0} a second"));
        if (cpu is { } used)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{used.TotalSeconds:0.00} s of server CPU: {samples.Count / used.TotalSeconds:0} requests per CPU-second"));
        }
        foreach (var error in samples.FirstErrors) Console.WriteLine(error);
    }
}
