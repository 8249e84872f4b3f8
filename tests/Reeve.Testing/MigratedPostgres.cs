namespace Reeve.Testing;

/// <summary>A migrated PostgreSQL database as a class fixture.</summary>
public sealed class MigratedPostgres() : MigratedDatabase(DatabaseKind.Postgres);
