using Reeve.Server.Events;

namespace Reeve.Server.Services;

/// <summary>What this process has to tell of the services it runs.</summary>
internal sealed class ServiceReports(ServiceRunner runner, EventConsumers consumers)
{
    /// <summary>A service of the catalogue; null when this process does not run it.</summary>
    public ServiceReport? Find(ServiceInfo info, DateTimeOffset now)
    {
        // Consumers of events are run by the relay, and have numbers of their own.
        var consumer = consumers.Find(info.Name);
        var isAway = consumer is null && info.PartOf == ServiceCatalogue.EventRelay.Name;
        return isAway || runner.Find(info.PartOf ?? info.Name) is not { } loop
            ? null
            : new ServiceReport(info.Name, loop.State(now), loop.Service.Interval, consumer?.Health ?? loop.Health);
    }

    /// <summary>All that this process runs.</summary>
    public IReadOnlyList<ServiceReport> All(DateTimeOffset now) => [.. ServiceCatalogue.All.Select(info => Find(info, now)).OfType<ServiceReport>()];
}
