using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Reeve.Data.Postgres;

internal static class PostgresParameters
{
    public static NpgsqlParameter From(SqlValue value) => value.Type switch
    {
        SqlType.Uuid => Of(value, NpgsqlDbType.Uuid),
        SqlType.Instant => new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.TimestampTz,
            Value = value.Value is DateTimeOffset at ? at.UtcDateTime : DBNull.Value,
        },
        SqlType.Duration => Of(value, NpgsqlDbType.Interval),
        // Text goes untyped, so that enum columns and casts take it as a literal would be taken.
        SqlType.Text => Of(value, NpgsqlDbType.Unknown),
        SqlType.Int32 => Of(value, NpgsqlDbType.Integer),
        SqlType.Int64 => Of(value, NpgsqlDbType.Bigint),
        SqlType.Double => Of(value, NpgsqlDbType.Double),
        SqlType.Boolean => Of(value, NpgsqlDbType.Boolean),
        SqlType.Json => new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Jsonb,
            Value = value.Value is ReadOnlyMemory<byte> json ? Encoding.UTF8.GetString(json.Span) : DBNull.Value,
        },
        SqlType.UuidArray => Of(value, NpgsqlDbType.Array | NpgsqlDbType.Uuid),
        SqlType.TextArray => Of(value, NpgsqlDbType.Array | NpgsqlDbType.Text),
        SqlType.Int32Array => Of(value, NpgsqlDbType.Array | NpgsqlDbType.Integer),
        SqlType.Int64Array => Of(value, NpgsqlDbType.Array | NpgsqlDbType.Bigint),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static NpgsqlParameter Of(SqlValue value, NpgsqlDbType type) =>
        new() { NpgsqlDbType = type, Value = value.Value ?? DBNull.Value };
}
