using System.Globalization;
using Npgsql;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>The profile `many` of deploy/docker-compose.yml on loopback: two APIs behind nginx, two processes of services, PgBouncer, Redis, PostgreSQL.</summary>
internal sealed class ManyShape : IAsyncDisposable
{
    private readonly List<ReeveProcess> _services = [];
    private readonly ReeveProcess[] _apis = new ReeveProcess[2];
    private readonly int[] _ports = [ReeveHome.FreePort(), ReeveHome.FreePort()];

    private ManyShape(PostgresCluster postgres, RedisServer redis, PgBouncer bouncer)
    {
        Postgres = postgres;
        Redis = redis;
        Bouncer = bouncer;
    }

    public ReeveHome Home { get; } = new();

    public PostgresCluster Postgres { get; }

    public RedisServer Redis { get; }

    public PgBouncer Bouncer { get; }

    public NginxServer Nginx { get; private set; } = null!;

    /// <summary>The API as clients reach it.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Nginx.Port}/api");

    /// <summary>PostgreSQL itself, past PgBouncer.</summary>
    public string Database => Postgres.ForDatabase("reeve");

    public static async Task<ManyShape> StartAsync()
    {
        // It is killed as a crash does, so it writes its log before it answers a commit.
        var postgres = await PostgresCluster.StartAsync("synchronous_commit=on");
        await postgres.ExecuteAsync("CREATE DATABASE reeve");
        var shape = new ManyShape(postgres, await RedisServer.StartAsync(), await PgBouncer.StartAsync(postgres.ConnectionString, sessions: 20));
        var direct = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port;
        var set = shape.Home.Environment;
        set["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = Address(shape.Bouncer.Port);
        set["PREFECT_REEVE_DATABASE_DIRECT_URL"] = Address(direct);
        set["PREFECT_SERVER_DATABASE_MIGRATE_ON_START"] = "false";
        set["PREFECT_SERVER_EVENTS_MESSAGING_BROKER"] = "prefect_redis.messaging";
        set["PREFECT_SERVER_EVENTS_MESSAGING_CACHE"] = "prefect_redis.messaging";
        set["PREFECT_SERVER_EVENTS_CAUSAL_ORDERING"] = "prefect_redis.ordering";
        set["PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"] = "prefect_redis.lease_storage";
        set["PREFECT_REDIS_MESSAGING_HOST"] = shape.Redis.Host;
        set["PREFECT_REDIS_MESSAGING_PORT"] = shape.Redis.Port.ToString(CultureInfo.InvariantCulture);
        await shape.Home.OkAsync("server", "database", "upgrade", "-y");
        await Task.WhenAll(shape.StartApiAsync(0), shape.StartApiAsync(1), shape.StartServicesAsync(), shape.StartServicesAsync());
        shape.Nginx = await NginxServer.StartAsync(shape._ports[0], shape._ports[1]);
        set["PREFECT_API_URL"] = shape.Url;
        return shape;
    }

    /// <summary>Kills an API server as a crash does.</summary>
    public async Task KillApiAsync(int which)
    {
        _apis[which].Signal(ReeveProcess.Kill9);
        await _apis[which].EndAsync();
    }

    public async Task StartApiAsync(int which)
    {
        _apis[which] = Home.Start("server", "start", "--host", "127.0.0.1", "--port", $"{_ports[which]}", "--no-services");
        await _apis[which].PrintsAsync("Reeve serves");
    }

    /// <summary>Waits until both API servers say that they are ready, or that they are not.</summary>
    public async Task ReadyAsync(bool ready, string phase)
    {
        foreach (var port in _ports)
        {
            using var api = new TestApi($"http://127.0.0.1:{port}/api");
            await Eventually.GetAsync(
                phase, $"/api/ready of the server at {port}", async () => (int)(await api.SendAsync(HttpMethod.Get, "/ready")).Status,
                status => status == (ready ? 200 : 503), ready ? "200" : "503", TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Ends all processes of ours as an operator does; each must end in good order.</summary>
    public async Task StopAsync()
    {
        foreach (var process in _services.Concat(_apis)) Assert.Equal(0, await process.EndAsync(ReeveProcess.Terminate));
    }

    /// <summary>The one value that a statement gives, read past PgBouncer.</summary>
    public async Task<long> CountAsync(string sql, object? value = null)
    {
        await using var connection = new NpgsqlConnection(Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        if (value is not null) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Home.DisposeAsync();
        Nginx?.Dispose();
        Bouncer.Dispose();
        Redis.Dispose();
        Postgres.Dispose();
    }

    private static string Address(int port) => $"postgresql+asyncpg://postgres@127.0.0.1:{port}/reeve";

    private async Task StartServicesAsync()
    {
        var process = Home.Start("server", "services", "start");
        _services.Add(process);
        await process.PrintsAsync("The background services run");
    }
}
