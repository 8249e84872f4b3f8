namespace Reeve.Data;

/// <summary>An error of the database, classified the same way on both dialects.</summary>
public sealed class DatabaseException(DatabaseErrorKind kind, string message, string? constraint, Exception? inner)
    : Exception(message, inner)
{
    public DatabaseErrorKind Kind { get; } = kind;

    /// <summary>The name of the constraint that refused, where the database tells (PostgreSQL), else table.column text (SQLite).</summary>
    public string? Constraint { get; } = constraint;
}
