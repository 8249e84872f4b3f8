using System.Diagnostics.Metrics;

namespace Reeve.Server.Services;

/// <summary>The measures of the services of this process as instruments of the meter <c>Reeve.Services</c>. Read when somebody collects them, and free otherwise.</summary>
internal sealed class ServiceMeters
{
    private readonly ServiceRunner _runner;
    private readonly Meter _meter;

    public ServiceMeters(IMeterFactory meters, ServiceRunner runner, TimeProvider clock)
    {
        _runner = runner;
        _meter = meters.Create("Reeve.Services");
        Counter("reeve.service.passes", "{pass}", "Passes begun.", static health => health.Runs);
        Counter("reeve.service.failures", "{pass}", "Passes that failed.", static health => health.Failures);
        Counter("reeve.service.items", "{item}", "Things done.", static health => health.Items);
        Counter("reeve.service.pass.time", "s", "Time spent in passes.", static health => health.TotalDuration.TotalSeconds);
        Counter("reeve.service.cpu.time", "s", "Processor time of the service's own code.", static health => health.CpuTime.TotalSeconds);
        Counter("reeve.service.db.time", "s", "Time spent waiting for the database.", static health => health.DatabaseTime.TotalSeconds);
        Counter("reeve.service.db.statements", "{statement}", "Statements sent to the database.", static health => health.Statements);
        Counter("reeve.service.db.round_trips", "{round_trip}", "Round trips to the database.", static health => health.RoundTrips);
        Gauge("reeve.service.backlog", "{item}", "Things the last pass found to do and did not get done.", static (loop, _) => loop.Health.Backlog);
        Gauge("reeve.service.oldest_item.age", "s", "How long the oldest of those has been waiting.",
            (loop, now) => loop.Health.Oldest is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : 0);
        Gauge("reeve.service.last_success.age", "s", "Time since the last pass that went well.",
            (loop, now) => loop.Health.LastSuccess is { } last ? (now - last).TotalSeconds : null);
        Gauge("reeve.service.running", "1", "1 while the service does its work, 0 while it is stuck or keeps failing.",
            static (loop, now) => loop.Runs(now) ? 1 : 0);

        void Gauge(string name, string unit, string description, Func<ServiceLoop, DateTimeOffset, double?> value) =>
            _meter.CreateObservableGauge(name, () => Values(loop => value(loop, clock.GetUtcNow())), unit, description);
    }

    private void Counter(string name, string unit, string description, Func<ServiceHealth, double> value) =>
        _meter.CreateObservableCounter(name, () => Values(loop => value(loop.Health)), unit, description);

    private IEnumerable<Measurement<double>> Values(Func<ServiceLoop, double?> value)
    {
        foreach (var loop in _runner.Loops)
        {
            if (value(loop) is { } measured) yield return new Measurement<double>(measured, new KeyValuePair<string, object?>("reeve.service.name", loop.Service.Name));
        }
    }
}
