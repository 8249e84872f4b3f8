using Npgsql;

namespace Reeve.Testing;

/// <summary>A PgBouncer of the tests' own before a PostgreSQL: transaction mode and few sessions, so that callers really share them.</summary>
public sealed class PgBouncer : IDisposable
{
    private readonly GuardedProcess process;

    private PgBouncer(int port, GuardedProcess process)
    {
        Port = port;
        this.process = process;
    }

    public int Port { get; }

    /// <summary>Starts one before the server of a connection string.</summary>
    /// <exception cref="InvalidOperationException">PgBouncer is not installed or does not start.</exception>
    public static async Task<PgBouncer> StartAsync(string connectionString, int sessions = 3)
    {
        var program = Programs.Find("pgbouncer", "pgbouncer", "/usr/sbin", "/usr/local/bin");
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var directory = Directory.CreateTempSubdirectory("reeve-pgbouncer-").FullName;
        var port = GuardedProcess.FreePort();
        var file = Path.Combine(directory, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            file,
            $"""
            [databases]
            * = host={target.Host} port={target.Port} user={target.Username}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {sessions}
            max_client_conn = 200
            server_login_retry = 1
            """ + "\n");
        string[] ordinary = [];
        if (Environment.IsPrivilegedProcess)
        {
            // It refuses to run as root.
            ordinary = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"];
            await Programs.RunAsync(["chown", "-R", "nobody:nogroup", directory]);
        }

        var process = GuardedProcess.Start(directory, "INT", [.. ordinary, program, file]);
        var bouncer = new PgBouncer(port, process);
        await bouncer.ReadyAsync(connectionString);
        return bouncer;
    }

    /// <summary>Kills it, with the sessions that go through it.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Holds it still, so that it neither answers nor refuses.</summary>
    public void Pause() => process.Pause();

    /// <summary>Lets it go on.</summary>
    public void Continue() => process.Continue();

    /// <summary>Starts it again on the same port.</summary>
    public Task StartAgainAsync(string connectionString)
    {
        process.Again();
        return ReadyAsync(connectionString);
    }

    private Task ReadyAsync(string connectionString) => process.ReadyAsync("PgBouncer", async () =>
    {
        await using var connection = new NpgsqlConnection(Before(connectionString) + ";Pooling=false;Timeout=2");
        await connection.OpenAsync();
        return true;
    });

    /// <summary>The same database, reached through it.</summary>
    public string Before(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = Port }.ConnectionString;

    public void Dispose() => process.Dispose();
}
