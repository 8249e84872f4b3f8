namespace Reeve.Data;

/// <summary>What went wrong in the database, in the kinds that callers treat differently.</summary>
public enum DatabaseErrorKind
{
    /// <summary>A unique constraint refused the row.</summary>
    UniqueViolation,

    /// <summary>A foreign key refused the row.</summary>
    ForeignKeyViolation,

    /// <summary>Another constraint (not null, check) refused the row.</summary>
    ConstraintViolation,

    /// <summary>A value that the database cannot hold, such as a text with a NUL.</summary>
    InvalidValue,

    /// <summary>A lost race or a lock not had in time: the same call may succeed when tried again.</summary>
    Retryable,

    /// <summary>What a batch required of the database was no longer so, and nothing of it was written: read and decide again.</summary>
    Overtaken,

    /// <summary>A statement took longer than it may: less at once may succeed.</summary>
    Timeout,

    /// <summary>The database is not reachable.</summary>
    Unavailable,

    /// <summary>A fault in the statement or the database.</summary>
    Other,
}
