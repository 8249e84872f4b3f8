using System.Diagnostics;
using System.Globalization;

namespace Reeve.Load;

/// <summary>Events that nobody takes: what they cost in memory while they wait.</summary>
internal static class BacklogLoad
{
    private const int BatchSize = 200;
    private const int Reports = 6;

    public static async Task<int> RunAsync(LoadOptions options)
    {
        if (options.ServerProcess is not { } pid)
        {
            Console.Error.WriteLine("--pid is missing: whose memory is it?");
            return 2;
        }
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Clients }) { BaseAddress = options.Api };
        await EventLoad.SendAsync(http, "backlog", 1);
        Console.WriteLine($"{ProcessMemory.Read(pid)} MiB before");
        var clock = Stopwatch.StartNew();
        for (var report = 0; report < Reports; report++)
        {
            await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(async _ =>
            {
                for (var left = options.Events / Reports / options.Clients; left > 0; left -= BatchSize) await EventLoad.SendAsync(http, "backlog", Math.Min(BatchSize, left));
            }));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{ProcessMemory.Read(pid)} MiB with {options.Events / Reports * (report + 1)} events waiting, {options.Events / Reports * (report + 1) / clock.Elapsed.TotalSeconds:0} a second"));
        }
        Console.WriteLine($"{ProcessMemory.Read(pid, most: true)} MiB at most");
        return 0;
    }
}
