using System.Data.Common;
using System.Globalization;

namespace Reeve.Data.Schema;

/// <summary>The few ways in which migrations talk to a database, below the layer that the stores use.</summary>
internal static class SchemaCommands
{
    public static async Task ExecuteAsync(
        this DbConnection connection, string sql, CancellationToken cancellation, DbTransaction? transaction = null)
    {
        await using var command = connection.Prepare(sql, transaction);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<object?> ScalarAsync(this DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.Prepare(sql, transaction: null);
        return await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Every row, each column as text.</summary>
    public static async Task<List<string[]>> RowsAsync(this DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.Prepare(sql, transaction: null);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new string[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "";
            rows.Add(row);
        }

        return rows;
    }

    private static DbCommand Prepare(this DbConnection connection, string sql, DbTransaction? transaction)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        if (transaction is not null)
            command.Transaction = transaction;
        // An index on a large table takes as long as it takes; SQLite waits this long for a lock, so it keeps its own.
        if (connection is Npgsql.NpgsqlConnection)
            command.CommandTimeout = 0;
        return command;
    }
}
