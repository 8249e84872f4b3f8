using System.Text;
using Reeve.Core;
using SQLitePCL;

namespace Reeve.Data.Sqlite;

/// <summary>Reads columns straight from the statement, without a string in between where a value is parsed.</summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : DbRow
{
    public override bool IsNull(int i) => raw.sqlite3_column_type(statement, i) == raw.SQLITE_NULL;
    public override Guid GetGuid(int i) => Guid.Parse(Text(i));
    public override DateTimeOffset GetInstant(int i) => SqliteValues.ParseInstant(Text(i));
    public override TimeSpan GetDuration(int i) => SqliteValues.ParseDuration(Text(i));
    public override string GetString(int i) => Encoding.UTF8.GetString(Text(i));
    public override int GetInt32(int i) => raw.sqlite3_column_int(statement, i);
    public override long GetInt64(int i) => raw.sqlite3_column_int64(statement, i);
    public override double GetDouble(int i) => raw.sqlite3_column_double(statement, i);
    public override bool GetBoolean(int i) => raw.sqlite3_column_int(statement, i) != 0;
    public override RawJson GetJson(int i) => new(Text(i).ToArray());

    // SQLite hands out TEXT as a blob without conversion: its UTF-8 bytes.
    private ReadOnlySpan<byte> Text(int i) => raw.sqlite3_column_blob(statement, i);
}
