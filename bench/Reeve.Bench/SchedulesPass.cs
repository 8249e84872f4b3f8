namespace Reeve.Bench;

/// <summary>Full passes of the scheduler over many deployments that have all their runs: what it costs to find that out.</summary>
internal static class SchedulesPass
{
    private const int Passes = 5;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var deployments = options.Number("deployments", 10_000);
        await using var server = await SchedulesServer.StartAsync(
            options, ("PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS", "1"), ("PREFECT_SERVER_LOGGING_LEVEL", "WARNING"),
            ("PREFECT_SERVER_SERVICES_FOREMAN_ENABLED", "false"), ("PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED", "false"));
        await server.DeployAsync(deployments, ruleEvery: 10, from: "20000101T000000");
        await QuietAsync(server);
        var (runs, cpu, scheduler) = await LookAsync(server);
        while ((await LookAsync(server)).Runs < runs + Passes) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        var (after, cpuAfter, schedulerAfter) = await LookAsync(server);
        var whole = (cpuAfter - cpu).TotalSeconds / (after - runs);
        var own = (schedulerAfter - scheduler) / (after - runs);
        Console.WriteLine($"{deployments} deployments: {SchedulesServer.Number(whole)} s of CPU a pass in the whole process, {SchedulesServer.Number(own)} s in the scheduler (must be under 1)");
        return whole < 1 ? 0 : 1;
    }

    /// <summary>Waits until two passes in a row made no run.</summary>
    private static async Task QuietAsync(SchedulesServer server)
    {
        for (var (items, quiet) = (-1L, 0); quiet < 2; await Task.Delay(TimeSpan.FromMilliseconds(1500), TimeProvider.System))
        {
            var now = (await server.ServicesAsync())["Scheduler"].GetProperty("items").GetInt64();
            quiet = now == items ? quiet + 1 : 0;
            items = now;
        }
    }

    private static async Task<(long Runs, TimeSpan Cpu, double Scheduler)> LookAsync(SchedulesServer server)
    {
        var scheduler = (await server.ServicesAsync())["Scheduler"];
        return (scheduler.GetProperty("runs").GetInt64(), server.Cpu, scheduler.GetProperty("cpu_seconds").GetDouble());
    }
}
