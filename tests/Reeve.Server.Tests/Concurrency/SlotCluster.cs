using System.Text.Json.Nodes;
using Reeve.Server.Hosting;
using Reeve.Testing;

namespace Reeve.Server.Tests.Concurrency;

/// <summary>Three servers over one PostgreSQL and one clock; any of them may be killed while it answers.</summary>
internal sealed class SlotCluster(TestServer first) : IAsyncDisposable
{
    private static readonly ServerRole Role = new() { OnlyServices = ["Repossessor"] };

    private readonly TestServer?[] _servers = new TestServer?[3];

    public TestServer First => first;

    public TestClock Clock => first.Clock;

    public static async Task<SlotCluster> StartAsync()
    {
        // The first only keeps the database and the clock, and sets the scene.
        var cluster = new SlotCluster(await TestServer.StartAsync(DatabaseKind.Postgres));
        for (var i = 0; i < cluster._servers.Length; i++) await cluster.RestartAsync(i);
        return cluster;
    }

    /// <summary>Sends to some server; null: it died, and nobody knows what came of it.</summary>
    public async Task<(int Status, JsonNode? Body)?> PostAsync(Random random, string path, string body)
    {
        var server = _servers[random.Next(_servers.Length)];
        if (server is null) return null;
        try
        {
            var answer = await server.PostAsync(path, body);
            return _servers.Contains(server) ? answer : null;
        }
        catch (Exception) when (!_servers.Contains(server))
        {
            return null;
        }
    }

    /// <summary>Ends a server with whatever it is doing.</summary>
    public async Task KillAsync(int i)
    {
        if (Interlocked.Exchange(ref _servers[i], null) is { } server) await server.DisposeAsync();
    }

    public async Task RestartAsync(int i)
    {
        await KillAsync(i);
        var server = await first.StartBesideAsync(Role, "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS=15");
        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "prefect/3.8.4 (API 0.8.4)");
        _servers[i] = server;
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _servers.Length; i++) await KillAsync(i);
        await first.DisposeAsync();
    }
}
