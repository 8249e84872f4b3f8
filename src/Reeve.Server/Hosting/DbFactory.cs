using Reeve.Data;
using Reeve.Data.Postgres;
using Reeve.Data.Sqlite;

namespace Reeve.Server.Hosting;

internal static class DbFactory
{
    public static Db Create(ServerConfig config, TimeProvider clock)
    {
        var signals = new DbSignals();
        return config.Postgres is { } postgres
            ? new PostgresDb(postgres, signals, clock)
            : new SqliteDb(config.SqlitePath!, signals, clock);
    }
}
