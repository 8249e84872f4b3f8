using SQLitePCL;

namespace Reeve.Data.Sqlite;

internal static class SqliteErrors
{
    /// <summary>The error a call on the connection ended with.</summary>
    public static DatabaseException From(sqlite3 connection, int code)
    {
        var message = raw.sqlite3_errmsg(connection).utf8_to_string();
        var extended = raw.sqlite3_extended_errcode(connection);
        var at = message.LastIndexOf(": ", StringComparison.Ordinal);
        return new DatabaseException(Kind(code, extended), message, at < 0 ? null : message[(at + 2)..], null);
    }

    public static DatabaseErrorKind Kind(int code, int extended) => (code & 0xff) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => DatabaseErrorKind.Retryable,
        raw.SQLITE_CANTOPEN or raw.SQLITE_NOTADB or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_READONLY
            => DatabaseErrorKind.Unavailable,
        raw.SQLITE_CONSTRAINT => extended switch
        {
            2067 or 1555 or 2579 => DatabaseErrorKind.UniqueViolation, // UNIQUE, PRIMARYKEY, ROWID
            787 => DatabaseErrorKind.ForeignKeyViolation,
            _ => DatabaseErrorKind.ConstraintViolation,
        },
        _ => DatabaseErrorKind.Other,
    };
}
