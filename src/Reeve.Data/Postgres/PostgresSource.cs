using Npgsql;

namespace Reeve.Data.Postgres;

internal static class PostgresSource
{
    // The server ends a statement first and says so; the driver's own limit is for a server that says nothing any more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Bytes of a batch that are sent at once. PostgreSQL begins with the first statement while the rest is on its way, and what that locks would wait for a processor of ours
    /// with each further piece.
    /// </summary>
    private const int SentAtOnce = 256 * 1024;

    /// <param name="isShared">Sessions are shared with others by a pooler: nothing may be left on them.</param>
    public static NpgsqlDataSource Create(PostgresOptions options, bool isShared)
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgresSession.Writable(options.ConnectionString))
        {
            ApplicationName = options.ApplicationName,
            MaxPoolSize = options.MaxConnections,
            MaxAutoPrepare = options.Prepare ?? !isShared ? 300 : 0,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            CommandTimeout = options.StatementTimeout is { } limit ? (int)Math.Ceiling((limit + Patience).TotalSeconds) : 60,
            Timezone = "UTC",
        };
        settings.WriteBufferSize = Math.Max(settings.WriteBufferSize, SentAtOnce);
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        if (!isShared)
        {
            var setup = PostgresSession.Setup(options);
            builder.UsePhysicalConnectionInitializer(
                connection =>
                {
                    using var command = new NpgsqlCommand(setup, connection);
                    command.ExecuteNonQuery();
                },
                async connection =>
                {
                    await using var command = new NpgsqlCommand(setup, connection);
                    await command.ExecuteNonQueryAsync();
                });
        }
        return builder.Build();
    }

    /// <summary>One connection beside the pool.</summary>
    public static NpgsqlDataSource Single(string connectionString, string applicationName)
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgresSession.Writable(connectionString)) { ApplicationName = applicationName, Pooling = false, KeepAlive = 30 };
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        return builder.Build();
    }
}
