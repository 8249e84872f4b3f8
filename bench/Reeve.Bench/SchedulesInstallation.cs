using System.Diagnostics;

namespace Reeve.Bench;

/// <summary>The installation of the complaint this project began with: 42 deployments, three rules from 2020, one worker that polls.</summary>
internal static class SchedulesInstallation
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var seconds = options.Number("seconds", 60);
        await using var server = await SchedulesServer.StartAsync(options, ("PREFECT_SERVER_LOGGING_LEVEL", "WARNING"));
        await server.DeployAsync(42, ruleEvery: 14, from: "20200101T000000");
        using var stop = new CancellationTokenSource();
        var worker = PollAsync(server, stop.Token);
        await Task.Delay(WarmUp, TimeProvider.System);
        var before = await server.ServicesAsync();
        var (cpu, began) = (server.Cpu, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        var spent = (server.Cpu - cpu).TotalSeconds;
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var after = await server.ServicesAsync();
        await stop.CancelAsync();
        await worker;
        var (statements, trips) = (0L, 0L);
        Console.WriteLine("service                  statements/min  passes/min  cpu ms/min");
        foreach (var (name, service) in after)
        {
            double Rate(string property) => (service.GetProperty(property).GetDouble() - before[name].GetProperty(property).GetDouble()) * 60 / elapsed;
            statements += (long)Rate("statements");
            trips += (long)Rate("round_trips");
            Console.WriteLine($"{name,-24} {SchedulesServer.Number(Rate("statements"), "0"),14} {SchedulesServer.Number(Rate("runs"), "0"),11} {SchedulesServer.Number(Rate("cpu_seconds") * 1000, "0.0"),11}");
        }
        var share = spent / elapsed * 100;
        Console.WriteLine($"whole process: {SchedulesServer.Number(share)} % of a core (must be under 0.3), services: {statements} statements and {trips} round trips a minute");
        return share < 0.3 ? 0 : 1;
    }

    // As a worker does: runs every 10 s, a heartbeat every 30 s.
    private static async Task PollAsync(SchedulesServer server, CancellationToken stop)
    {
        try
        {
            for (var round = 0; ; round++)
            {
                if (round % 3 == 0) await server.PostAsync("work_pools/bench/workers/heartbeat", """{"name":"w","heartbeat_interval_seconds":30}""");
                await server.PostAsync("work_pools/bench/get_scheduled_flow_runs", "{}");
                await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Measured.
        }
    }
}
