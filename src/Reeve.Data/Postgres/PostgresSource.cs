using Npgsql;

namespace Reeve.Data.Postgres;

internal static class PostgresSource
{
    public static NpgsqlDataSource Create(PostgresOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = options.ApplicationName,
            MaxPoolSize = options.MaxConnections,
            MaxAutoPrepare = options.Prepare ? 300 : 0,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            CommandTimeout = options.StatementTimeout is { } limit ? (int)Math.Ceiling(limit.TotalSeconds) : 60,
            Timezone = "UTC",
        };
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder.Build();
    }
}
