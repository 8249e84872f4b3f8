using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>The profile `many` of deploy/docker-compose.yml on loopback: two APIs behind nginx, two processes of services, PgBouncer, Redis, PostgreSQL.</summary>
internal sealed class ManyShape : IAsyncDisposable
{
    // API servers, then processes of services with the ports of their probes.
    private readonly ReeveProcess[] _processes = new ReeveProcess[4];
    private readonly int[] _ports = [.. Enumerable.Range(0, 4).Select(_ => ReeveHome.FreePort())];

    // What operators give a probe is 5 s; this machine may be busy besides.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(8);

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
        set["PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED"] = "true";
        set["PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED"] = "true";
        set["PREFECT_REDIS_MESSAGING_HOST"] = shape.Redis.Host;
        set["PREFECT_REDIS_MESSAGING_PORT"] = shape.Redis.Port.ToString(CultureInfo.InvariantCulture);
        await shape.Home.OkAsync("server", "database", "upgrade", "-y");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(shape.StartAsync));
        shape.Nginx = await NginxServer.StartAsync(shape._ports[0], shape._ports[1]);
        set["PREFECT_API_URL"] = shape.Url;
        return shape;
    }

    /// <summary>Kills a process of ours as a crash does: 0 and 1 are API servers, 2 and 3 run services.</summary>
    public async Task KillAsync(int which)
    {
        _processes[which].Signal(ReeveProcess.Kill9);
        await _processes[which].EndAsync();
    }

    public async Task StartAsync(int which)
    {
        if (which < 2)
        {
            _processes[which] = Home.Start("server", "start", "--host", "127.0.0.1", "--port", $"{_ports[which]}", "--no-services");
            await _processes[which].PrintsAsync("Reeve serves");
            return;
        }

        Home.Environment["PREFECT_REEVE_HEALTH_PORT"] = $"{_ports[which]}";
        _processes[which] = Home.Start("server", "services", "start");
        Home.Environment.Remove("PREFECT_REEVE_HEALTH_PORT");
        await _processes[which].PrintsAsync("The background services run");
    }

    /// <summary>Holds a process of ours still.</summary>
    public void Pause(int which) => _processes[which].Signal(ReeveProcess.Stop);

    /// <summary>Lets it go on.</summary>
    public void Continue(int which) => _processes[which].Signal(ReeveProcess.Continue);

    /// <summary>Waits until all our processes say that they are ready, or that they are not, within the time that a probe waits.</summary>
    /// <param name="without">Those that cannot answer.</param>
    public async Task ReadyAsync(bool ready, string phase, params int[] without)
    {
        foreach (var port in _ports.Where((_, which) => !without.Contains(which)))
        {
            using var api = new TestApi($"http://127.0.0.1:{port}/api", Probe);
            await Eventually.GetAsync(
                phase, $"/api/ready of the process at {port}", async () => (int)(await api.SendAsync(HttpMethod.Get, "/ready")).Status,
                status => status == (ready ? 200 : 503), ready ? "200" : "503", TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>
    /// Judges that a part which is back is in use again within two intervals: all our processes say that they live, at the latest with the second beat
    /// after now that all their services do too. Beats are counted, not seconds, so that a busy machine judges no harsher than a quiet one.
    /// </summary>
    /// <param name="use">What else has to hold by then.</param>
    public async Task RecoversAsync(string phase, Func<Task<bool>>? use = null)
    {
        var seen = await BeatsAsync();
        var counts = _processes.ToDictionary(static process => process.Id, static _ => 0);
        var well = new HashSet<int>();
        var used = use is null;
        await Eventually.TrueAsync(
            phase,
            "our processes",
            async () =>
            {
                used = used || await use!();
                foreach (var (pid, now) in await BeatsAsync())
                {
                    if (!counts.ContainsKey(pid) || (seen.TryGetValue(pid, out var before) && now.At <= before.At)) continue;
                    seen[pid] = now;
                    counts[pid]++;
                    if (now.Failing.Length == 0) well.Add(pid);
                    Assert.True(well.Contains(pid) || counts[pid] < 2, $"{phase}: two beats after, process {pid} says that {string.Join(", ", now.Failing)} still fails");
                    Assert.True(used || counts.Values.Any(static count => count < 2), $"{phase}: two beats after, it is not in use");
                }

                return used && well.Count == counts.Count;
            },
            "all well",
            TimeSpan.FromMinutes(3));
    }

    /// <summary>Ends all processes of ours as an operator does; each must end in good order.</summary>
    public async Task StopAsync()
    {
        foreach (var process in _processes.Reverse()) Assert.Equal(0, await process.EndAsync(ReeveProcess.Terminate));
    }

    /// <summary>Looks, until it is told to stop, for transactions that were left open for our processes to go on with; the statements they had come to.</summary>
    public async Task<IReadOnlyCollection<string>> LeftOpenAsync(CancellationToken stop)
    {
        var left = new HashSet<string>(StringComparer.Ordinal);
        using var samples = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var connection = new NpgsqlConnection(Database + ";Pooling=false");
        try
        {
            while (await samples.WaitForNextTickAsync(stop))
            {
                try
                {
                    if (connection.State != System.Data.ConnectionState.Open) await connection.OpenAsync(stop);
                    await using var command = new NpgsqlCommand(
                        "SELECT application_name || ': ' || query FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = 'reeve'", connection);
                    await using var reader = await command.ExecuteReaderAsync(stop);
                    while (await reader.ReadAsync(stop)) left.Add(reader.GetString(0));
                }
                catch (Exception error) when (error is NpgsqlException or TimeoutException)
                {
                    // PostgreSQL is what the test takes away.
                    await connection.DisposeAsync();
                    connection = new NpgsqlConnection(Database + ";Pooling=false");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }

        await connection.DisposeAsync();
        return left;
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

    /// <summary>Those of some runs that fulfil a condition, each with all its states.</summary>
    public Task<List<string>> HistoriesAsync(string where, Guid[] runs) => ListAsync(
        $"""
        SELECT r.id || ' ' || r.state_type || ': ' || (SELECT string_agg(s.type || ' ' || s.timestamp, ', ' ORDER BY s.timestamp) FROM flow_run_state s WHERE s.flow_run_id = r.id)
        FROM flow_run r WHERE r.id = ANY($1) AND {where}
        """, runs);

    /// <summary>How much waits for delivery, and the sessions that do something or wait for it, with those that hold them up.</summary>
    public Task<List<string>> SessionsAsync() => ListAsync(
        """
        SELECT count(*) || ' events wait since ' || coalesce(min(created)::text, '-') || ', now ' || clock_timestamp() FROM reeve_outbox
        UNION ALL
        SELECT concat_ws(' ', pid, application_name, state, wait_event, 'since', xact_start, 'held up by', pg_blocking_pids(pid), left(query, 200))
        FROM pg_stat_activity WHERE datname = 'reeve' AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
        """);

    private async Task<List<string>> ListAsync(string sql, object? value = null)
    {
        await using var connection = new NpgsqlConnection(Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        if (value is not null) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync()) found.Add(rows.GetString(0));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await Home.DisposeAsync();
        Nginx?.Dispose();
        Bouncer.Dispose();
        Redis.Dispose();
        Postgres.Dispose();
    }

    /// <summary>By process id, when each said last that it lives, and which of its services failed then.</summary>
    private async Task<Dictionary<int, (DateTime At, string[] Failing)>> BeatsAsync()
    {
        await using var connection = new NpgsqlConnection(Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pid, beat, services FROM reeve_process", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var beats = new Dictionary<int, (DateTime, string[])>();
        while (await reader.ReadAsync())
        {
            var reports = JsonNode.Parse(reader.GetString(2).Split('\n')[^1])!.AsArray();
            var failing = reports.Where(static report => report!["health"]?["failures_in_a_row"] is not null).Select(static report => $"{report!["name"]} ({report["health"]!["last_error"]})");
            beats[reader.GetInt32(0)] = (reader.GetDateTime(1), [.. failing]);
        }

        return beats;
    }

    private static string Address(int port) => $"postgresql+asyncpg://postgres@127.0.0.1:{port}/reeve";
}
