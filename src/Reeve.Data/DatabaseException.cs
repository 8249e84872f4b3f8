namespace Reeve.Data;

/// <summary>An error of the database, classified the same way on both dialects.</summary>
public sealed class DatabaseException(DatabaseErrorKind kind, string message, string? constraint, Exception? inner)
    : Exception(message, inner)
{
    public DatabaseErrorKind Kind { get; } = kind;

    /// <summary>
    /// It is the database's state and not what was asked of it: the same call may succeed later. An outage meets every call under
    /// way, so logs get one line of each and no stack.
    /// </summary>
    public bool IsPassing => Kind is DatabaseErrorKind.Retryable or DatabaseErrorKind.Overtaken or DatabaseErrorKind.Timeout or DatabaseErrorKind.Unavailable;

    /// <summary>The name of the constraint that refused, where the database tells (PostgreSQL), else table.column text (SQLite).</summary>
    public string? Constraint { get; } = constraint;
}
