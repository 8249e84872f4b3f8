namespace Reeve.Testing;

/// <summary>The databases every store is tested on.</summary>
public enum DatabaseKind
{
    Postgres,
    Sqlite,
}
