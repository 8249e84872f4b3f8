namespace Reeve.Settings.Database;

public enum DatabaseDialect
{
    PostgreSql,
    Sqlite,
}
