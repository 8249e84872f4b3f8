using Reeve.Contract.SavedSearches;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.SavedSearches;

/// <summary>All SQL on <c>saved_search</c>.</summary>
internal sealed class SavedSearchStore(Db db)
{
    private static readonly SqlText Columns = new(SavedSearchRow.Columns("s"));

    public Task<SavedSearch?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from saved_search s where s.id = {id}", static row => SavedSearchRow.Read(row), cancel);

    /// <summary>Inserts or replaces the search of that name; whether it is new.</summary>
    public async Task<(SavedSearch Search, bool Created)> PutAsync(SavedSearchCreate search, DateTimeOffset now, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            insert into saved_search (id, created, updated, name, filters)
            values ({id}, {now}, {now}, {search.Name}, {JsonText.Of(search.Filters)})
            on conflict (name) do update set filters = excluded.filters, updated = excluded.updated
            """);
        var stored = batch.One($"select {Columns} from saved_search s where s.name = {search.Name}", static row => SavedSearchRow.Read(row));
        await db.WriteAsync(batch, cancel);
        return (stored.Value!, stored.Value!.Id == id);
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancel) =>
        await db.ExecuteAsync($"delete from saved_search where id = {id}", cancel) == 1;

    public Task<List<SavedSearch>> ListAsync(int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"select {Columns} from saved_search s order by s.name limit {limit} offset {offset}",
            static row => SavedSearchRow.Read(row), cancel);
}
