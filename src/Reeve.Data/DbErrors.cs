namespace Reeve.Data;

/// <summary>What went wrong in the database, in the kinds that callers treat differently.</summary>
public enum DbErrorKind
{
    /// <summary>A unique constraint refused the row.</summary>
    UniqueViolation,

    /// <summary>A foreign key refused the row.</summary>
    ForeignKeyViolation,

    /// <summary>Another constraint (not null, check) refused the row.</summary>
    ConstraintViolation,

    /// <summary>A lost race or a lock not had in time: the same call may succeed when tried again.</summary>
    Retryable,

    /// <summary>The database is not reachable.</summary>
    Unavailable,

    /// <summary>A fault in the statement or the database.</summary>
    Other,
}

/// <summary>An error of the database, classified the same way on both dialects.</summary>
public sealed class DbException(DbErrorKind kind, string message, string? constraint, Exception? inner)
    : Exception(message, inner)
{
    public DbErrorKind Kind { get; } = kind;

    /// <summary>The name of the constraint that refused, where the database tells (PostgreSQL), else table.column text (SQLite).</summary>
    public string? Constraint { get; } = constraint;
}
