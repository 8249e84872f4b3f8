using System.Collections.Concurrent;
using System.Globalization;
using Reeve.Server.Services;

namespace Reeve.Server.Diagnostics.Checks;

/// <summary>The services of this process work, in time, keep up, and do not eat a processor.</summary>
internal sealed class ServicesCheck(ServiceRunner runner) : ICheck
{
    private const double Hot = 0.5;

    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastBehind = TimeSpan.FromMinutes(1);

    // What a service had used when it was last looked at, to tell what it uses now from what it used once.
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, TimeSpan Cpu)> _samples = new(StringComparer.Ordinal);

    public string Name => "services";

    public bool NeedsDatabase => false;

    public Task<CheckResult> RunAsync(DateTimeOffset now, CancellationToken cancel) => Task.FromResult(Of(runner.Loops, now));

    internal CheckResult Of(IReadOnlyList<ServiceLoop> loops, DateTimeOffset now)
    {
        if (loops.Count == 0) return CheckResult.Ok("This process runs no services; ask one that does, or see the result about processes.");
        var failed = loops.Where(loop => !loop.Runs(now)).Select(loop => Failure(loop, now)).ToList();
        List<string> troubled = [.. loops.Where(loop => loop.Runs(now)).Select(loop => Trouble(loop, now)).OfType<string>()];
        if (failed.Count > 0)
            return new CheckResult(CheckStatus.Fail, [.. failed, .. troubled], "See the errors; most often the database, or one row that a service cannot digest.", "Mend what the error names: the service goes on by itself. If it is stuck, restart the process.");
        if (troubled.Count > 0)
            return new CheckResult(CheckStatus.Warn, troubled, "More to do than this process gets done, or a database that is slow.", "Look at the results about the database; then run services in a further process: reeve server services start");
        return CheckResult.Ok($"{loops.Count} services run here, on time and without a backlog.");
    }

    private static string Failure(ServiceLoop loop, DateTimeOffset now) => loop.State(now) == ServiceState.Stuck
        ? loop.Health.Ended ? $"{loop.Service.Name} has ended by itself." : $"{loop.Service.Name} is stuck in a pass that began {Ago(loop.Health.Began, now)}."
        : $"{loop.Service.Name} has failed {loop.Health.FailuresInARow} times in a row, last {Ago(loop.Health.LastFailure, now)}: {loop.Health.LastError}";

    private string? Trouble(ServiceLoop loop, DateTimeOffset now)
    {
        var (name, health) = (loop.Service.Name, loop.Health);
        var share = Share(name, health.CpuTime, now);
        if (health.FailuresInARow > 0) return $"{name} failed {Ago(health.LastFailure, now)} and tries again: {health.LastError}";
        if (health is { Began: null, NextDue: { } due } && now - due > LateAfter) return $"{name} should have begun a pass {Ago(due, now)}.";
        if (health is { Backlog: > 0, Oldest: { } oldest } && now - oldest > Behind(loop.Service)) return $"{name} has {health.Backlog} things left to do, the oldest since {Ago(oldest, now)}.";
        return share > Hot ? string.Create(CultureInfo.InvariantCulture, $"{name} uses {share:P0} of a processor.") : null;
    }

    private static TimeSpan Behind(Service service) => service.Interval * 3 > LeastBehind ? service.Interval * 3 : LeastBehind;

    private double Share(string name, TimeSpan cpu, DateTimeOffset now)
    {
        if (!_samples.TryGetValue(name, out var before))
        {
            _samples[name] = (now, cpu);
            return 0;
        }
        var elapsed = now - before.At;
        if (elapsed < Window) return 0;
        _samples[name] = (now, cpu);
        return (cpu - before.Cpu) / elapsed;
    }

    private static string Ago(DateTimeOffset? then, DateTimeOffset now) => then is { } at ? $"{(now - at).TotalSeconds:0} s ago" : "some time ago";
}
