using Reeve.Server.Services;

namespace Reeve.Server.Events;

/// <summary>What one consumer did: the numbers of a service, though the relay is who runs it.</summary>
internal sealed class ConsumerHealth(IEventConsumer consumer)
{
    private volatile ServiceHealth _health = new();

    public IEventConsumer Consumer => consumer;

    public ServiceHealth Health => _health;

    /// <summary>A delivery was committed.</summary>
    public void Succeeded(int events, TimeSpan took, DateTimeOffset now) => _health = _health with
    {
        Runs = _health.Runs + 1, Items = _health.Items + events, FailuresInARow = 0, LastSuccess = now, LastDuration = took,
        TotalDuration = _health.TotalDuration + took,
    };

    public void Failed(string problem, DateTimeOffset now) => _health = _health with
    {
        Runs = _health.Runs + 1, Failures = _health.Failures + 1, FailuresInARow = _health.FailuresInARow + 1, LastFailure = now, LastError = problem,
    };
}
