using Npgsql;

namespace Reeve.Data.Postgres;

internal static class PostgresErrors
{
    public static DatabaseException From(Exception error) => error switch
    {
        PostgresException e => new DatabaseException(Kind(e.SqlState), e.MessageText, e.ConstraintName, e),
        NpgsqlException e => new DatabaseException(DatabaseErrorKind.Unavailable, e.Message, null, e),
        _ => new DatabaseException(DatabaseErrorKind.Unavailable, error.Message, null, error),
    };

    public static bool IsDatabaseError(Exception error) =>
        error is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException;

    private static DatabaseErrorKind Kind(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation => DatabaseErrorKind.UniqueViolation,
        PostgresErrorCodes.ForeignKeyViolation => DatabaseErrorKind.ForeignKeyViolation,
        PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ExclusionViolation
            => DatabaseErrorKind.ConstraintViolation,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            => DatabaseErrorKind.Retryable,
        PostgresErrorCodes.QueryCanceled => DatabaseErrorKind.Timeout,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections => DatabaseErrorKind.Unavailable,
        _ => DatabaseErrorKind.Other,
    };
}
