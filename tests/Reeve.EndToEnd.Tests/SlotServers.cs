using System.Text.Json.Nodes;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>Three servers with all their services over one PostgreSQL. One at a time is killed, stopped, or told to end, and comes back.</summary>
internal sealed class SlotServers : IAsyncDisposable
{
    private readonly ReeveHome _home = new();
    private readonly int[] _ports = [.. Enumerable.Range(0, 3).Select(static _ => ReeveHome.FreePort())];
    private readonly SlotServer[] _servers = new SlotServer[3];
    private readonly List<SlotServer> _ended = [];
    private Task _comingBack = Task.CompletedTask;

    private SlotServers(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    /// <summary>What was done to the servers, in order.</summary>
    public List<string> Faults { get; } = [];

    public static async Task<SlotServers> StartAsync()
    {
        var servers = new SlotServers(await MigratedDatabase.CreateAsync(DatabaseKind.Postgres));
        foreach (var (setting, value) in new[]
        {
            ("DATABASE_CONNECTION_URL", servers.Database.Url), ("DATABASE_MIGRATE_ON_START", "false"), ("SERVICES_REPOSSESSOR_LOOP_SECONDS", "1"),
            // No connection is closed while a client is about to use it, for then nobody could tell whether the request was heard.
            ("API_KEEPALIVE_TIMEOUT", "600"),
            // A run that found no slot may try again at once, and one that waits is marked late while others propose states for it.
            ("DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS", "0"), ("TASKS_TAG_CONCURRENCY_SLOT_WAIT_SECONDS", "0"),
            ("SERVICES_LATE_RUNS_LOOP_SECONDS", "1"), ("SERVICES_LATE_RUNS_AFTER_SECONDS", "1"),
        })
        {
            servers._home.Environment[$"PREFECT_SERVER_{setting}"] = value;
        }
        await Task.WhenAll(Enumerable.Range(0, 3).Select(servers.StartAsync));
        return servers;
    }

    /// <summary>Sends to some server. Null: it died, or would not, and whether anything came of the request has to be asked.</summary>
    public async Task<(int Status, JsonNode? Body)?> SendAsync(Random random, HttpMethod method, string path, string? body = null)
    {
        var open = Array.FindAll(_servers, static server => server.IsOpen);
        return await open[random.Next(open.Length)].SendAsync(method, path, body) is { Status: not 503 } answer ? answer : null;
    }

    /// <summary>Sends until it is answered: only for what is the same when it is done twice.</summary>
    public async Task<(int Status, JsonNode? Body)> InsistAsync(Random random, HttpMethod method, string path, string? body = null)
    {
        while (true)
        {
            if (await SendAsync(random, method, path, body) is { } answer) return answer;
        }
    }

    /// <summary>Does something to one of the servers, when all three are there.</summary>
    /// <param name="random">What and to which.</param>
    /// <param name="moreAsync">Waits until so many more steps were taken.</param>
    public async Task DisturbAsync(Random random, Func<int, Task> moreAsync)
    {
        await _comingBack;
        var (i, fault) = (random.Next(3), random.Next(8));
        if (fault < 3)
        {
            _servers[i].Stop();
            await moreAsync(random.Next(20, 60));
            if (fault < 2)
            {
                _servers[i].Continue();
                Faults.Add("stopped");
                return;
            }
        }
        Faults.Add(fault switch { 2 => "stopped and killed", 3 => "told to end", _ => "killed" });
        await _servers[i].EndAsync(fault == 3 ? ReeveProcess.Terminate : ReeveProcess.Kill9, Database);
        _ended.Add(_servers[i]);
        _comingBack = StartAsync(i);
    }

    /// <summary>Ends all of them.</summary>
    public async Task EndAsync()
    {
        await _comingBack;
        foreach (var server in _servers) await server.EndAsync(ReeveProcess.Terminate, Database);
    }

    public async ValueTask DisposeAsync()
    {
        await _home.DisposeAsync();
        foreach (var server in _servers.Concat(_ended)) server?.Dispose();
        await Database.DisposeAsync();
    }

    private async Task StartAsync(int i) => _servers[i] = await SlotServer.StartAsync(_home, _ports[i]);
}
