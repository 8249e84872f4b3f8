using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Settings.Views;

namespace Reeve.Server.Services;

/// <summary>Runs the services that this process is to run, from its start to its stop.</summary>
internal sealed partial class ServiceRunner : IHostedService, IDisposable
{
    /// <summary>How long a pass under way may take to its end before it is cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly List<ServiceLoop> _loops = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly ILogger<ServiceRunner> _log;
    private Task _running = Task.CompletedTask;

    public ServiceRunner(
        IEnumerable<Service> services, ServerSettings settings, ServerRole role, Db db, TimeProvider clock, ILogger<ServiceRunner> log)
    {
        _log = log;
        All = [.. services.OrderBy(service => service.Name, StringComparer.Ordinal)];
        foreach (var service in All)
        {
            if (IsWanted(service, settings, role)) _loops.Add(new ServiceLoop(service, db.Signals, clock, log));
        }
    }

    /// <summary>Every service this binary has, by name.</summary>
    public IReadOnlyList<Service> All { get; }

    /// <summary>The services this process runs.</summary>
    public IReadOnlyList<ServiceLoop> Loops => _loops;

    /// <summary>The loop of a service, or null when this process does not run it.</summary>
    public ServiceLoop? Find(string name) => _loops.Find(loop => loop.Service.Name == name);

    /// <summary>The name of a service that this process must run and that does not run; null when all do.</summary>
    public string? Broken(DateTimeOffset now) => _loops.Find(loop => !loop.Runs(now))?.Service.Name;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_loops.Count > 0) LogStarted(_log, string.Join(", ", _loops.Select(loop => loop.Service.Name)));
        _running = Task.WhenAll(_loops.Select(loop => Task.Run(() => loop.RunAsync(_stop.Token, _abandon.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Begins no more passes, lets those under way end, and after a while cancels them; waits as long as the host lets us.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        _abandon.CancelAfter(Grace);
        try
        {
            await _running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _abandon.CancelAsync();
            LogAbandoned(_log);
        }
        catch (DatabaseException)
        {
            // A pass failed while it was cancelled: the database was away, and nobody tries again.
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abandon.Dispose();
    }

    private static bool IsWanted(Service service, ServerSettings settings, ServerRole role) =>
        service.Info.IsEnabled(settings)
        && ((service.RunsWithApi && role.ServesApi)
            || (!service.RunsWithApi && role.RunsServices && !settings.WebserverOnly
                && (role.OnlyServices is not { } only || service.Names.Any(name => only.Contains(name, StringComparer.OrdinalIgnoreCase)))));

    [LoggerMessage(2010, LogLevel.Debug, "Background services: {Names}")]
    private static partial void LogStarted(ILogger log, string names);

    [LoggerMessage(2011, LogLevel.Warning, "Background services did not end in time")]
    private static partial void LogAbandoned(ILogger log);
}
