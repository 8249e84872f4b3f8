using Reeve.Data;

namespace Reeve.Server.Retention;

/// <summary>
/// Walks a table by its key and deletes the rows whose flow run is gone: a page a transaction, so that no statement grows
/// with the table. Remembers where it is between passes.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="table">A table with columns <c>id</c> and <c>flow_run_id</c>.</param>
internal sealed class OrphanSweep(Db db, string table)
{
    /// <summary>Rows looked at in one transaction.</summary>
    private const int PageSize = 2000;

    private readonly SqlText _table = new(table);
    private Guid _after;

    /// <summary>Sweeps up to <paramref name="pages"/> pages; the rows deleted, and whether the end was reached.</summary>
    public async Task<(int Deleted, bool Finished)> RunAsync(int pages, CancellationToken cancel)
    {
        var deleted = 0;
        for (var page = 0; page < pages; page++)
        {
            var last = await db.ListAsync(
                $"select id from {_table} where id > {_after} order by id limit 1 offset {PageSize - 1}", static row => row.GetGuid(0), cancel);
            var upTo = new Predicate().Add($"id > {_after}");
            if (last.Count > 0) upTo.Add($"id <= {last[0]}");
            deleted += await db.ExecuteAsync(
                $"""
                delete from {_table} where {upTo.ToSql()} and flow_run_id is not null
                and not exists (select 1 from flow_run fr where fr.id = {_table}.flow_run_id)
                """, cancel);
            _after = last.Count > 0 ? last[0] : Guid.Empty;
            if (last.Count == 0) return (deleted, true);
        }
        return (deleted, false);
    }
}
