using Npgsql;

namespace Reeve.Data.Postgres;

internal static class PostgresErrors
{
    private const string IdleInTransaction = "25P03";

    // How PgBouncer says that it has no server for us.
    private const string ProtocolViolation = "08P01";

    public static DatabaseException From(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidTextRepresentation } e when e.MessageText.Contains(DbStatement.Requirement.Sign, StringComparison.Ordinal)
            => DbStatement.Requirement.Overtaken(e),
        PostgresException e => new DatabaseException(Kind(e.SqlState), e.MessageText, e.ConstraintName, e),
        _ => new DatabaseException(DatabaseErrorKind.Unavailable, $"The database cannot be reached: {Reason(error)}", null, error),
    };

    /// <summary>What the driver says in words: its "Exception while reading from stream" alone would tell nobody anything.</summary>
    public static string Reason(Exception error) => error switch
    {
        PostgresException e => e.MessageText,
        NpgsqlException { InnerException: { } inner } when inner.Message != error.Message => $"{error.Message.TrimEnd('.')} ({inner.Message.TrimEnd('.')})",
        _ => error.Message.TrimEnd('.'),
    };

    public static bool IsDatabaseError(Exception error) =>
        error is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException;

    /// <summary>The connection is gone, and with it probably every one that was opened to the same server.</summary>
    public static bool IsLostConnection(Exception error) => error switch
    {
        PostgresException e => e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        NpgsqlException { InnerException: TimeoutException } => false,
        _ => true,
    };

    /// <summary>Somebody else held a lock for too long.</summary>
    public static bool IsLockTimeout(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>The server said that it ended the session while the transaction was open: nothing of it was kept.</summary>
    public static bool IsSurelyUndone(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown };

    private static DatabaseErrorKind Kind(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation => DatabaseErrorKind.UniqueViolation,
        PostgresErrorCodes.ForeignKeyViolation => DatabaseErrorKind.ForeignKeyViolation,
        PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ExclusionViolation
            => DatabaseErrorKind.ConstraintViolation,
        ['2', '2', ..] => DatabaseErrorKind.InvalidValue,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            => DatabaseErrorKind.Retryable,
        PostgresErrorCodes.QueryCanceled => DatabaseErrorKind.Timeout,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections or IdleInTransaction or ProtocolViolation
            => DatabaseErrorKind.Unavailable,
        _ => DatabaseErrorKind.Other,
    };
}
