using Npgsql;

namespace Reeve.Data.Postgres;

internal static class PostgresErrors
{
    public static DbException From(Exception error) => error switch
    {
        PostgresException e => new DbException(Kind(e.SqlState), e.MessageText, e.ConstraintName, e),
        NpgsqlException e => new DbException(DbErrorKind.Unavailable, e.Message, null, e),
        _ => new DbException(DbErrorKind.Unavailable, error.Message, null, error),
    };

    public static bool IsDatabaseError(Exception error) =>
        error is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException;

    private static DbErrorKind Kind(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation => DbErrorKind.UniqueViolation,
        PostgresErrorCodes.ForeignKeyViolation => DbErrorKind.ForeignKeyViolation,
        PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ExclusionViolation
            => DbErrorKind.ConstraintViolation,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            => DbErrorKind.Retryable,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections => DbErrorKind.Unavailable,
        _ => DbErrorKind.Other,
    };
}
