using System.Text;
using Npgsql;
using Reeve.Core;

namespace Reeve.Data.Postgres;

internal sealed class PostgresRow : DbRow
{
    public NpgsqlDataReader Reader { get; set; } = null!;

    public override bool IsNull(int i) => Reader.IsDBNull(i);
    public override Guid GetGuid(int i) => Reader.GetGuid(i);

    public override DateTimeOffset GetInstant(int i) =>
        new(DateTime.SpecifyKind(Reader.GetDateTime(i), DateTimeKind.Utc), TimeSpan.Zero);

    public override TimeSpan GetDuration(int i) => Reader.GetTimeSpan(i);
    public override string GetString(int i) => Reader.GetString(i);
    public override int GetInt32(int i) => checked((int)GetInt64(i));

    // The driver reads an integer in its own width only: count(*) is a bigint, a log's level a smallint.
    public override long GetInt64(int i)
    {
        var type = Reader.GetFieldType(i);
        if (type == typeof(int)) return Reader.GetInt32(i);
        return type == typeof(long) ? Reader.GetInt64(i) : Reader.GetInt16(i);
    }

    public override double GetDouble(int i) => Reader.GetDouble(i);
    public override bool GetBoolean(int i) => Reader.GetBoolean(i);

    public override RawJson GetJson(int i) => Reader.IsDBNull(i) ? default : new(Encoding.UTF8.GetBytes(Reader.GetString(i)));
}
