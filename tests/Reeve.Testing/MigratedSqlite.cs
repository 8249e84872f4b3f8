namespace Reeve.Testing;

/// <summary>A migrated SQLite database as a class fixture.</summary>
public sealed class MigratedSqlite() : MigratedDatabase(DatabaseKind.Sqlite);
