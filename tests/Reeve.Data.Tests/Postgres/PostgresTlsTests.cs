using Npgsql;
using Reeve.Data.Postgres;
using Reeve.Settings.Database;
using Reeve.Testing;

namespace Reeve.Data.Tests.Postgres;

/// <summary>The parameters of a database's URL that concern TLS, against a server that takes nobody without it.</summary>
public sealed class PostgresTlsTests : IAsyncLifetime
{
    private TlsFiles _files = null!;
    private PostgresCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _files = await TlsFiles.CreateAsync(owner: "postgres");
        var access = Path.Combine(Path.GetDirectoryName(_files.Authority)!, "pg_hba.conf");
        // The database "certified" is for those who have a certificate.
        await File.WriteAllTextAsync(access, "hostssl certified all all cert\nhostssl all all all trust\n");
        _cluster = await PostgresCluster.StartAsync(
            "ssl=on", $"ssl_cert_file={_files.Certificate}", $"ssl_key_file={_files.Key}", $"ssl_ca_file={_files.Authority}", $"hba_file={access}");
        await _cluster.ExecuteAsync("create database certified");
    }

    public ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        _files.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Connections_are_encrypted_trusted_and_certified_as_the_URL_says()
    {
        var trust = $"sslrootcert={Uri.EscapeDataString(_files.Authority)}";
        var certificate = $"sslcert={Uri.EscapeDataString(_files.ClientCertificate)}&sslkey={Uri.EscapeDataString(_files.ClientKey)}";
        foreach (var query in (string[])["", "?ssl=require", "?sslmode=require", $"?ssl=verify-full&{trust}", $"?sslmode=verify-full&{trust}"]) await ConnectsAsync("localhost", "postgres", query);
        // The certificate is for a name: by the address, its authority can be verified and nothing else.
        await ConnectsAsync("127.0.0.1", "postgres", $"?sslmode=verify-ca&{trust}");
        await IsRefusedAsync("127.0.0.1", "postgres", $"?sslmode=verify-full&{trust}");
        await IsRefusedAsync("localhost", "postgres", $"?sslmode=verify-full&sslrootcert={Uri.EscapeDataString(_files.ClientCertificate)}");
        await IsRefusedAsync("localhost", "postgres", "?ssl=disable");
        await ConnectsAsync("localhost", "certified", $"?ssl=verify-full&{trust}&{certificate}");
        await IsRefusedAsync("localhost", "certified", $"?ssl=verify-full&{trust}");
    }

    private async Task ConnectsAsync(string host, string database, string query)
    {
        await using var db = Open(host, database, query);
        db.StartListening();
        Assert.True(await db.OneAsync($"select ssl from pg_stat_ssl where pid = pg_backend_pid()", static row => row.GetBoolean(0)), query);
        await Eventually.TrueAsync("listening", query, () => Task.FromResult(db.Pool!.Listens), "it listens with the same parameters");
    }

    private async Task IsRefusedAsync(string host, string database, string query)
    {
        await using var db = Open(host, database, query);
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.ExecuteAsync($"select 1"));
        Assert.False(string.IsNullOrWhiteSpace(error.Message));
    }

    private PostgresDb Open(string host, string database, string query)
    {
        var port = new NpgsqlConnectionStringBuilder(_cluster.ConnectionString).Port;
        var url = DatabaseUrl.Parse($"postgresql+asyncpg://postgres@{host}:{port}/{database}{query}");
        return new PostgresDb(new PostgresOptions { ConnectionString = url.ToNpgsqlConnectionString() }, new DbSignals(), TimeProvider.System);
    }
}
