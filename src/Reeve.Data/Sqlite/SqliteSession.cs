using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Reeve.Data.Sqlite;

/// <summary>
/// One open connection with its prepared statements. Statements are run on SQLite's own interface: the ADO layer would
/// prepare and box on every call, and here a statement costs about what SQLite itself costs.
/// Not safe for concurrent use.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private const int MaxPrepared = 400;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, sqlite3_stmt> _prepared = [];

    public SqliteSession(string path, bool readOnly)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ConnectionString);
        try
        {
            _connection.Open();
        }
        catch (SqliteException error)
        {
            throw new DatabaseException(DatabaseErrorKind.Unavailable, $"cannot open the SQLite database {path}: {error.Message}", null, error);
        }
        _handle = _connection.Handle!;
        foreach (var pragma in (ReadOnlySpan<string>)
            [
                "busy_timeout = 60000", "journal_mode = wal", "synchronous = normal", "foreign_keys = on",
                "cache_size = 20000", "temp_store = memory", readOnly ? "query_only = on" : "query_only = off",
            ])
        {
            RunText("pragma " + pragma);
        }
    }

    /// <summary>Runs statement text of ours that has no parameters and whose rows nobody wants.</summary>
    public void RunText(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            while (Step(statement)) { }
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Run(DbStatement wanted, string text)
    {
        wanted.Reset();
        var statement = Prepare(text);
        var values = wanted.Sql.Values;
        try
        {
            for (var i = 0; i < values.Count; i++) Bind(statement, i + 1, values[i]);
            var row = new SqliteRow(statement);
            // A statement that returns rows while it writes must be stepped to its end, or the rest is not written.
            var take = true;
            while (Step(statement)) take = take && wanted.Take(row);
            wanted.Done(raw.sqlite3_changes(_handle));
        }
        finally
        {
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
        }
    }

    public IEnumerable<T> Stream<T>(Sql sql, Func<DbRow, T> map)
    {
        var statement = Prepare(sql.Render());
        try
        {
            for (var i = 0; i < sql.Values.Count; i++) Bind(statement, i + 1, sql.Values[i]);
            var row = new SqliteRow(statement);
            while (Step(statement)) yield return map(row);
        }
        finally
        {
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        if (_prepared.TryGetValue(sql, out var known)) return known;
        var code = raw.sqlite3_prepare_v2(_handle, SqliteTranslator.Translate(sql), out sqlite3_stmt statement);
        if (code != raw.SQLITE_OK) throw SqliteErrors.From(_handle, code);
        if (_prepared.Count >= MaxPrepared) Forget();
        _prepared[sql] = statement;
        return statement;
    }

    private bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw SqliteErrors.From(_handle, code),
        };
    }

    // The same text serves both databases: parameters are named $1, $2, …, each used once and in this order, and
    // SQLite numbers names by first use.
    private void Bind(sqlite3_stmt statement, int at, SqlValue value)
    {
        var code = value.Value switch
        {
            null => raw.sqlite3_bind_null(statement, at),
            Guid id => BindGuid(statement, at, id),
            DateTimeOffset instant => raw.sqlite3_bind_text(statement, at, SqliteValues.Instant(instant)),
            TimeSpan duration => raw.sqlite3_bind_text(statement, at, SqliteValues.Duration(duration)),
            string text => raw.sqlite3_bind_text(statement, at, text),
            int number32 => raw.sqlite3_bind_int(statement, at, number32),
            long number64 => raw.sqlite3_bind_int64(statement, at, number64),
            double real => raw.sqlite3_bind_double(statement, at, real),
            bool flag => raw.sqlite3_bind_int(statement, at, flag ? 1 : 0),
            ReadOnlyMemory<byte> json => raw.sqlite3_bind_text(statement, at, json.Span),
            Guid[] ids => raw.sqlite3_bind_text(statement, at, SqliteValues.JsonArray(ids.Select(static id => id.ToString()))),
            string[] texts => raw.sqlite3_bind_text(statement, at, SqliteValues.JsonArray(texts)),
            long[] numbers => raw.sqlite3_bind_text(statement, at, $"[{string.Join(',', numbers)}]"),
            int[] numbers => raw.sqlite3_bind_text(statement, at, $"[{string.Join(',', numbers)}]"),
            _ => throw new NotSupportedException($"no SQLite form for {value.Type}"),
        };
        if (code != raw.SQLITE_OK) throw SqliteErrors.From(_handle, code);
    }

    private static int BindGuid(sqlite3_stmt statement, int at, Guid id)
    {
        Span<byte> text = stackalloc byte[36];
        id.TryFormat(text, out _);
        return raw.sqlite3_bind_text(statement, at, text);
    }

    private void Forget()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        _prepared.Clear();
    }

    public void Dispose()
    {
        Forget();
        _connection.Dispose();
    }
}
