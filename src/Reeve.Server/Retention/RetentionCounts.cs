using Reeve.Data;

namespace Reeve.Server.Retention;

/// <summary>
/// Counts what would go, page by page along an index, so that no statement grows with the table.
/// </summary>
internal sealed class RetentionCounts(Db db)
{
    private const int PageSize = 20_000;

    /// <summary>Rows <c>t</c> of a table that fit, in the order of a time and their id.</summary>
    /// <param name="table">The table.</param>
    /// <param name="time">Its column of time.</param>
    /// <param name="where">Which rows.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(long Rows, long Bytes)> AgedAsync(string table, string time, Sql where, CancellationToken cancel)
    {
        var (rows, bytes) = (0L, 0L);
        var (name, column) = (new SqlText(table), new SqlText($"t.{time}"));
        Sql after = $"true";
        while (true)
        {
            var ends = await db.ListAsync(
                $"select {column}, t.id from {name} t where {where} and {after} order by {column}, t.id limit 1 offset {PageSize - 1}",
                static row => (Time: row.GetInstant(0), Id: row.GetGuid(1)), cancel);
            Sql upTo = ends.Count > 0 ? (Sql)$"({column}, t.id) <= ({ends[0].Time:timestamptz}, {ends[0].Id:uuid})" : (Sql)$"true";
            var page = await SumAsync(table, $"{where} and {after} and {upTo}", cancel);
            rows += page.Rows;
            bytes += page.Bytes;
            if (ends.Count == 0) return (rows, bytes);
            after = $"({column}, t.id) > ({ends[0].Time:timestamptz}, {ends[0].Id:uuid})";
        }
    }

    /// <summary>Rows of a table whose flow run is gone.</summary>
    public async Task<(long Rows, long Bytes)> OrphansAsync(string table, CancellationToken cancel)
    {
        var (rows, bytes) = (0L, 0L);
        var last = Guid.Empty;
        while (true)
        {
            var after = last;
            var ids = await db.ListAsync(
                $"select id from {new SqlText(table)} where id > {after} order by id limit 1 offset {PageSize - 1}", static row => row.GetGuid(0), cancel);
            Sql upTo = ids.Count > 0 ? (Sql)$" and t.id <= {ids[0]}" : new Sql();
            var page = await SumAsync(
                table, $"t.id > {after}{upTo} and t.flow_run_id is not null and not exists (select 1 from flow_run fr where fr.id = t.flow_run_id)", cancel);
            rows += page.Rows;
            bytes += page.Bytes;
            if (ids.Count == 0) return (rows, bytes);
            last = ids[0];
        }
    }

    public Task<(long Rows, long Bytes)> SumAsync(string table, Sql where, CancellationToken cancel) => db.OneAsync(
        $"select count(*), coalesce(sum({Bytes(table)}), 0.0) from {new SqlText(table)} t where {where}",
        static row => (row.GetInt64(0), (long)row.GetDouble(1)), cancel);

    // PostgreSQL knows the size of a row; for SQLite the texts that make it long are added up.
    private SqlText Bytes(string table) => new(!db.IsSqlite ? "pg_column_size(t)::double precision" : table switch
    {
        "events" => "300.0 + length(t.resource) + length(t.related) + length(t.payload) + length(t.related_resource_ids)",
        "event_resources" => "200.0 + length(t.resource_id) + length(t.resource)",
        "log" => "150.0 + length(t.message) + length(t.name)",
        "artifact" => "200.0 + coalesce(length(t.data), 0) + coalesce(length(t.description), 0)",
        "flow_run" => "600.0 + length(t.parameters) + length(t.tags) + length(t.context) + coalesce(length(t.labels), 0)",
        _ => "500.0",
    });
}
