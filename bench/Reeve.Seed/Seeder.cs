using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Reeve.Seed;

/// <summary>Fills a migrated database: PostgreSQL by COPY with its indexes built afterwards, SQLite in large transactions.</summary>
public static class Seeder
{
    private const int RowsAtOnce = 20_000;

    private static readonly string[] Large = ["flow_run", "flow_run_state", "task_run", "task_run_state", "log", "events", "event_resources", "artifact"];

    /// <summary>Fills a PostgreSQL database. <paramref name="report"/> is told the table and the rows written since the last time.</summary>
    public static async Task FillAsync(NpgsqlDataSource source, SeedPlan plan, Action<string, long> report)
    {
        await using var connection = await source.OpenConnectionAsync();
        await RunAsync(connection, "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '256MB'");
        var indexes = plan.FlowRuns >= 50_000 ? await DropIndexesAsync(connection) : [];
        foreach (var table in new SeedTables(plan).All())
        {
            await using var copy = await connection.BeginBinaryImportAsync($"copy {table.Name} ({string.Join(", ", table.Columns.Select(static c => c.Name))}) from stdin (format binary)");
            copy.Timeout = TimeSpan.Zero;
            var written = 0L;
            foreach (var row in table.Rows)
            {
                await copy.StartRowAsync();
                for (var i = 0; i < row.Length; i++) await WriteAsync(copy, row[i], table.Columns[i].Type);
                if (++written % RowsAtOnce == 0) report(table.Name, RowsAtOnce);
            }
            await copy.CompleteAsync();
            report(table.Name, written % RowsAtOnce);
        }
        foreach (var index in indexes)
        {
            report(index.Name, 0);
            await RunAsync(connection, index.Definition);
        }
        await RunAsync(connection, "reset session_replication_role");
        // As autovacuum leaves a table that has been there for a while: counts can then be read from an index alone.
        await RunAsync(connection, "vacuum (analyze)");
    }

    /// <summary>Fills an SQLite file.</summary>
    public static void Fill(string path, SeedPlan plan, Action<string, long> report)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        Run(connection, "pragma foreign_keys = off; pragma synchronous = off; pragma cache_size = -200000");
        foreach (var table in new SeedTables(plan).All())
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"insert into {table.Name} ({string.Join(", ", table.Columns.Select(static c => c.Name))}) values ({string.Join(", ", table.Columns.Select(static (_, i) => "$" + i))})";
            var parameters = table.Columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i })).ToList();
            foreach (var chunk in table.Rows.Chunk(RowsAtOnce))
            {
                using var transaction = connection.BeginTransaction();
                command.Transaction = transaction;
                foreach (var row in chunk)
                {
                    for (var i = 0; i < row.Length; i++) parameters[i].Value = Stored(row[i]);
                    command.ExecuteNonQuery();
                }
                transaction.Commit();
                report(table.Name, chunk.Length);
            }
        }
        Run(connection, "analyze");
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type) => value switch
    {
        null => copy.WriteNullAsync(),
        // The enum of states: its binary form is its text.
        string text when type == NpgsqlDbType.Unknown => copy.WriteAsync(text, "state_type"),
        DateTimeOffset at => copy.WriteAsync(at.UtcDateTime, type),
        _ => copy.WriteAsync(value, type),
    };

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToString(),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        TimeSpan span => DateTime.UnixEpoch.Add(span).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>Drops the indexes of the large tables that are no constraints; building them at the end takes a tenth of the time.</summary>
    private static async Task<List<(string Name, string Definition)>> DropIndexesAsync(NpgsqlConnection connection)
    {
        var indexes = new List<(string, string)>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText =
                """
                select i.indexname, i.indexdef from pg_indexes i
                where i.schemaname = current_schema() and i.tablename = any($1)
                and not exists (select 1 from pg_constraint c where c.conname = i.indexname)
                """;
            command.Parameters.Add(new NpgsqlParameter { Value = Large });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) indexes.Add((reader.GetString(0), reader.GetString(1)));
        }
        foreach (var (name, _) in indexes) await RunAsync(connection, $"drop index \"{name}\"");
        return indexes;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
