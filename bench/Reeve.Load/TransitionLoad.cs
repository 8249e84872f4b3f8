using System.Diagnostics;

namespace Reeve.Load;

/// <summary>Changes of state and nothing else: the runs are made before the clock starts.</summary>
internal static class TransitionLoad
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Clients }) { BaseAddress = options.Api };
        var flow = await HotPath.CreateFlowAsync(http);
        await MoveAsync(http, flow, await CreateAsync(http, flow, options.Clients, options.WarmUp), new Samples());
        var runs = await CreateAsync(http, flow, options.Clients, options.Rounds);

        var samples = new Samples();
        var cpu = ProcessCpu.Read(options.ServerProcess);
        var clock = Stopwatch.StartNew();
        await MoveAsync(http, flow, runs, samples);
        clock.Stop();
        LoadCommand.Print(samples, clock.Elapsed, ProcessCpu.Read(options.ServerProcess) - cpu);
        return samples.Errors == 0 ? 0 : 1;
    }

    private static Task<Guid[][]> CreateAsync(HttpClient http, Guid flow, int clients, int rounds) => Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
    {
        var path = new HotPath(http, flow, new Samples());
        var runs = new Guid[rounds];
        for (var i = 0; i < rounds; i++) runs[i] = await path.CreateAsync() ?? throw new InvalidOperationException("A run could not be created.");
        return runs;
    })));

    private static Task MoveAsync(HttpClient http, Guid flow, Guid[][] runs, Samples samples) => Task.WhenAll(runs.Select(mine => Task.Run(async () =>
    {
        var path = new HotPath(http, flow, samples);
        foreach (var run in mine) await path.MoveAsync(run);
    })));
}
