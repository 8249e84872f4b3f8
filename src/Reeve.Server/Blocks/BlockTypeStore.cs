using Reeve.Contract.Blocks;
using Reeve.Data;
using Reeve.Server.Admin;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>All SQL on <c>block_type</c>.</summary>
internal sealed class BlockTypeStore(Db db)
{
    private static readonly SqlText Columns = new(BlockTypeRow.Columns("t"));

    public Task<BlockType?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from block_type t where t.id = {id}", static row => BlockTypeRow.Read(row), cancel);

    public Task<BlockType?> FindBySlugAsync(string slug, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from block_type t where t.slug = {slug}", static row => BlockTypeRow.Read(row), cancel);

    public Task<List<BlockType>> ListAsync(
        BlockTypeFilter? types, BlockSchemaFilter? schemas, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from block_type t where {BlockPredicate.Types(types, schemas, "t", db.Dialect)}
            order by t.name, t.id limit {limit} offset {offset}
            """,
            static row => BlockTypeRow.Read(row), cancel);

    /// <exception cref="ApiException">409: the slug is taken.</exception>
    public async Task<BlockType> CreateAsync(BlockTypeCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        var type = new BlockType
        {
            Id = Guid.NewGuid(), Created = now, Updated = now, Name = create.Name, Slug = create.Slug,
            LogoUrl = create.LogoUrl, DocumentationUrl = create.DocumentationUrl,
            Description = Escape(create.Description), CodeExample = Escape(create.CodeExample),
        };
        var batch = new SqlBatch();
        var inserted = batch.Execute(
            $"""
            insert into block_type (id, created, updated, name, slug, logo_url, documentation_url, description, code_example, is_protected)
            values ({type.Id}, {now}, {now}, {type.Name}, {type.Slug}, {type.LogoUrl}, {type.DocumentationUrl},
                {type.Description}, {type.CodeExample}, {false})
            on conflict (slug) do nothing
            """);
        Outbox.AddIf(batch, BlockTypeEvents.Created(type, now), $"exists (select 1 from block_type where id = {type.Id})");
        await db.WriteAsync(batch, cancel);
        return inserted.Value == 1
            ? type
            : throw ApiException.Detail(409, $"Block type with name \"{create.Name}\" already exists");
    }

    /// <summary>Writes and tells only when something differs: clients send the same update at every save of a block.</summary>
    public async Task<bool> UpdateAsync(Guid id, BlockTypeUpdate update, DateTimeOffset now, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } type) return false;
        var differs = update.LogoUrl.Or(type.LogoUrl) != type.LogoUrl
            || update.DocumentationUrl.Or(type.DocumentationUrl) != type.DocumentationUrl
            || update.Description.Or(type.Description) != type.Description
            || update.CodeExample.Or(type.CodeExample) != type.CodeExample;
        if (!differs) return true;
        Sql set = $"updated = {now}";
        if (update.LogoUrl.HasValue) set.Add($", logo_url = {type.LogoUrl = update.LogoUrl.Value}");
        if (update.DocumentationUrl.HasValue) set.Add($", documentation_url = {type.DocumentationUrl = update.DocumentationUrl.Value}");
        if (update.Description.HasValue) set.Add($", description = {type.Description = update.Description.Value}");
        if (update.CodeExample.HasValue) set.Add($", code_example = {type.CodeExample = update.CodeExample.Value}");
        var batch = new SqlBatch();
        var changed = batch.Execute($"update block_type set {set} where id = {id}");
        Outbox.AddIf(batch, BlockTypeEvents.Updated(type, now), $"exists (select 1 from block_type where id = {id})");
        await db.WriteAsync(batch, cancel);
        return changed.Value == 1;
    }

    /// <summary>Deletes a type with its schemas and documents.</summary>
    /// <exception cref="ApiException">403: the type is protected.</exception>
    public async Task<bool> DeleteAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } type) return false;
        if (type.IsProtected) throw ApiException.Detail(403, "protected block types cannot be deleted.");
        var batch = new SqlBatch();
        batch.One($"select id from block_type where id = {id} for update", static row => row.GetGuid(0));
        Outbox.AddIf(batch, BlockTypeEvents.Deleted(type, now), $"exists (select 1 from block_type where id = {id})");
        ResultStorageStore.ClearWhere(batch, $"d.block_type_id = {id}");
        var deleted = batch.Execute($"delete from block_type where id = {id}");
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    /// <summary>The texts are shown as markup by web pages, so what would be taken for a tag is stored escaped.</summary>
    private static string? Escape(string? text) => text?.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
