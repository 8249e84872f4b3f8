using Npgsql;

namespace Reeve.Testing;

/// <summary>
/// A PostgreSQL of the tests' own: nothing survives it and nothing is synced to disk. One serves the whole process;
/// REEVE_TEST_POSTGRES (a connection string or postgresql:// URL of a superuser) names another to use instead.
/// </summary>
public sealed class PostgresCluster : IDisposable
{
    private static readonly Lazy<Task<PostgresCluster>> SharedCluster = new(OpenSharedAsync);
    private readonly GuardedProcess? process;
    private readonly string directory;
    private readonly string[] command;
    private readonly List<GuardedProcess> again = [];

    private PostgresCluster(string connectionString, GuardedProcess? process, string directory = "", string[]? command = null)
    {
        ConnectionString = connectionString;
        this.process = process;
        this.directory = directory;
        this.command = command ?? [];
    }

    /// <summary>How to reach its database "postgres" as superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>The one of this process, started when first asked for.</summary>
    public static Task<PostgresCluster> SharedAsync() => SharedCluster.Value;

    /// <summary>One that nobody else uses, for tests that stop it or change its settings.</summary>
    /// <param name="settings">Such as "max_connections=20".</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or does not start.</exception>
    public static async Task<PostgresCluster> StartAsync(params IReadOnlyList<string> settings)
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            : [];
        // PATH may lead to the wrapper scripts of one version and the programs of another: take both from one directory.
        var bin = Path.GetDirectoryName(Programs.Find("initdb", "postgresql", versions))!;
        var directory = Directory.CreateTempSubdirectory("reeve-pg-").FullName;
        var data = Path.Combine(directory, "data");
        string[] ordinary = [];
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            ordinary = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
            await Programs.RunAsync(["chown", "postgres:postgres", directory]);
        }

        await Programs.RunAsync(
        [
            .. ordinary, Path.Combine(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        ]);
        var port = GuardedProcess.FreePort();
        string[] options =
        [
            "listen_addresses=127.0.0.1", $"port={port}", $"unix_socket_directories={directory}", "max_connections=200",
            "fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0",
            "shared_buffers=64MB", "autovacuum=off", .. settings,
        ];
        string[] command = [.. ordinary, Path.Combine(bin, "postgres"), "-D", data, .. options.SelectMany(o => new[] { "-c", o })];
        // An immediate shutdown: nobody needs these files again.
        var process = GuardedProcess.Start(directory, "QUIT", command);
        var connectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true";
        await process.ReadyAsync("PostgreSQL", () => AnswersAsync(connectionString));
        return new PostgresCluster(connectionString, process, directory, command);
    }

    /// <summary>Starts a standby of it. It must have been started with "wal_level=replica" and "max_wal_senders=4".</summary>
    public async Task<PostgresCluster> StandbyAsync()
    {
        var standby = Directory.CreateTempSubdirectory("reeve-pg-standby-").FullName;
        var data = Path.Combine(standby, "data");
        var ordinary = command.TakeWhile(word => !word.EndsWith("/postgres", StringComparison.Ordinal)).ToArray();
        if (ordinary.Length > 0) await Programs.RunAsync(["chown", "postgres:postgres", standby]);
        var from = new NpgsqlConnectionStringBuilder(ConnectionString);
        // Of the same version, wherever a link to the server leads.
        var server = File.ResolveLinkTarget(command[ordinary.Length], returnFinalTarget: true)?.FullName ?? command[ordinary.Length];
        await Programs.RunAsync(
        [
            .. ordinary, Path.Combine(Path.GetDirectoryName(server)!, "pg_basebackup"), "-h", from.Host!, "-p", $"{from.Port}", "-U", "postgres", "-D", data, "-R", "-c", "fast", "--no-sync",
        ]);
        var port = GuardedProcess.FreePort();
        string[] own =
        [
            .. command.Select(word => word == Path.Combine(directory, "data") ? data : word.StartsWith("port=", StringComparison.Ordinal) ? $"port={port}"
                : word.StartsWith("unix_socket_directories=", StringComparison.Ordinal) ? $"unix_socket_directories={standby}" : word),
        ];
        var process = GuardedProcess.Start(standby, "QUIT", own);
        var connectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { Port = port }.ConnectionString;
        await process.ReadyAsync("PostgreSQL", () => AnswersAsync(connectionString));
        return new PostgresCluster(connectionString, process, standby, own);
    }

    /// <summary>Ends the server, with its sessions: SIGINT as an operator does, SIGQUIT or SIGKILL as a crash does.</summary>
    public async Task StopAsync(int signal)
    {
        var pid = Postmaster();
        ProcessSignal.Send(pid, signal);
        await Eventually.TrueAsync("stop of PostgreSQL", $"process {pid}", () => Task.FromResult(ProcessSignal.HasEnded(pid)), "ended");
    }

    /// <summary>Starts it again on the same port with the same data.</summary>
    public async Task StartAgainAsync()
    {
        File.Delete(Path.Combine(directory, "data", "postmaster.pid"));
        var next = GuardedProcess.Start(Directory.CreateTempSubdirectory("reeve-pg-again-").FullName, "QUIT", command);
        again.Add(next);
        await next.ReadyAsync("PostgreSQL", () => AnswersAsync(ConnectionString));
    }

    /// <summary>Holds the server and all its sessions still, so that it neither answers nor refuses.</summary>
    public void Pause() => Signal(ProcessSignal.Stop);

    /// <summary>Lets it go on.</summary>
    public void Continue() => Signal(ProcessSignal.Continue);

    private void Signal(int signal)
    {
        var postmaster = Postmaster();
        ProcessSignal.Send(postmaster, signal);
        foreach (var child in ProcessSignal.ChildrenOf(postmaster)) ProcessSignal.Send(child, signal);
    }

    private int Postmaster() =>
        int.Parse(File.ReadLines(Path.Combine(directory, "data", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<bool> AnswersAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timeout=2");
        await connection.OpenAsync();
        return true;
    }

    /// <summary>How to reach one of its databases.</summary>
    public string ForDatabase(string name) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;

    /// <summary>Runs a statement in the database "postgres", such as CREATE DATABASE.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops it at once, as a crash would.</summary>
    public void Dispose()
    {
        foreach (var next in again) next.Dispose();
        process?.Dispose();
    }

    private static async Task<PostgresCluster> OpenSharedAsync()
    {
        if (Environment.GetEnvironmentVariable("REEVE_TEST_POSTGRES") is { Length: > 0 } given)
            return new PostgresCluster(FromUrl(given), process: null);
        var cluster = await StartAsync();
        cluster.process?.StopAtExit();
        return cluster;
    }

    private static string FromUrl(string given)
    {
        if (!given.Contains("://", StringComparison.Ordinal))
            return given;
        var url = new Uri(given);
        var user = url.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Database = url.AbsolutePath.Trim('/') is { Length: > 0 } name ? name : "postgres",
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            IncludeErrorDetail = true,
        }.ConnectionString;
    }
}
