using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Hosting;
using Reeve.Server.Services;
using Reeve.Settings;
using Reeve.Settings.Views;
using Reeve.Testing;

namespace Reeve.Server.Tests.Services;

/// <summary>Another process's services on the database of a test server: connections, caches and a clock of its own, which may go wrong.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly ReeveServer _server;
    private readonly Random _random;

    public Replica(TestServer server, TimeSpan skew, int seed)
    {
        _random = new Random(seed);
        Clock = new TestClock(server.Clock.GetUtcNow() + skew);
        var resolved = ResolvedSettings.Load(new SettingsInput
        {
            Environment = new Dictionary<string, string>
            {
                ["PREFECT_API_DATABASE_CONNECTION_URL"] = server.Database.Url,
                ["PREFECT_API_DATABASE_MIGRATE_ON_START"] = "false",
                ["PREFECT_HOME"] = Path.GetTempPath(),
            },
            WorkingDirectory = Path.GetTempPath(),
            UserDirectory = Path.GetTempPath(),
        });
        _server = ReeveServer.Create(new ServerSettings(resolved), new ServerRole(), Clock);
        Db = _server.Services.GetRequiredService<Db>();
    }

    public TestClock Clock { get; }

    public Db Db { get; }

    /// <summary>How often a statement does not happen because the process died, in a thousand.</summary>
    public int Deaths { get; set; }

    /// <summary>One pass of each service, in any order. A pass that dies is over; the rows it had not committed are not there.</summary>
    public async Task PassAsync(params string[] names)
    {
        Db.OnStep = Deaths == 0 ? null : _ => Step();
        var services = _server.Services.GetServices<Service>().Where(service => names.Contains(service.Name)).ToArray();
        lock (_random) _random.Shuffle(services);
        foreach (var service in services)
        {
            try
            {
                await service.RunOnceAsync(CancellationToken.None);
            }
            catch (DeathException)
            {
                // The next pass is that of the process started in its place.
            }
        }
    }

    private void Step()
    {
        lock (_random)
        {
            if (_random.Next(1000) < Deaths) throw new DeathException();
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class DeathException : Exception;
}
