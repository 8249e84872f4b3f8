using Reeve.Contract.Blocks;
using Reeve.Data;
using Reeve.Server.Admin;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>All SQL on <c>block_document</c> and <c>block_document_reference</c>.</summary>
internal sealed class BlockDocumentStore(Db db, BlockCipher cipher)
{
    public async Task<BlockDocument?> FindAsync(Guid id, bool includeSecrets, CancellationToken cancel)
    {
        var query = new BlockDocumentQuery
        {
            Documents = new BlockDocumentFilter { Id = new() { Any = [id] }, IsAnonymous = null }, IncludeSecrets = includeSecrets,
        };
        return (await ListAsync(query, cancel)).FirstOrDefault();
    }

    public async Task<BlockDocument?> FindByNameAsync(string typeSlug, string name, bool includeSecrets, CancellationToken cancel)
    {
        var query = new BlockDocumentQuery
        {
            Documents = new BlockDocumentFilter { Name = new() { Any = [name] }, IsAnonymous = null },
            Types = new BlockTypeFilter { Slug = new() { Any = [typeSlug] } }, IncludeSecrets = includeSecrets,
        };
        return (await ListAsync(query, cancel)).FirstOrDefault();
    }

    public async Task<List<BlockDocument>> ListAsync(BlockDocumentQuery query, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var order = Order(query.Sort);
        var where = BlockPredicate.Documents(query.Documents, query.Types, query.Schemas, "d", db.Dialect);
        Sql page = $"limit {query.Limit ?? int.MaxValue} offset {query.Offset}";
        var tree = new BlockDocumentTree(batch, $"select d.id from block_document d where {where} order by {order} {page}", order, cipher, query.EvenUnreadable);
        await db.ReadAsync(batch, cancel);
        return tree.Documents(query.IncludeSecrets);
    }

    public Task<int> CountAsync(BlockDocumentQuery query, CancellationToken cancel) =>
        db.OneAsync(
            $"""
            select count(*) from block_document d
            where {BlockPredicate.Documents(query.Documents, query.Types, query.Schemas, "d", db.Dialect)}
            """,
            static row => row.GetInt32(0), cancel);

    /// <exception cref="ApiException">409: the name is taken, or the type or schema is not there; 400: a broken reference.</exception>
    public async Task<BlockDocument> CreateAsync(BlockDocumentCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        var data = BlockJson.Parse(create.Data);
        var read = new SqlBatch();
        var typeName = read.One($"select t.name from block_type t where t.id = {create.BlockTypeId}", static row => row.GetString(0));
        var schema = read.One($"select s.fields, s.capabilities from block_schema s where s.id = {create.BlockSchemaId}", BlockDocumentUpdates.ReadSchema);
        var taken = read.One(
            $"select 1 from block_document d where d.block_type_id = {create.BlockTypeId} and d.name = {create.Name}",
            static row => row.GetInt32(0));
        var key = cipher.Ask(read);
        await db.ReadAsync(read, cancel);
        if (taken.Value == 1) throw ApiException.Detail(409, "Block already exists");
        if (typeName.Value is null) throw ApiException.Detail(409, $"Block type {create.BlockTypeId} not found.");
        if (schema.Value is null) throw ApiException.Detail(409, $"Block schema {create.BlockSchemaId} not found.");

        var references = BlockReferences.Take(data);
        var document = new BlockDocument
        {
            Id = Guid.NewGuid(), Name = string.IsNullOrEmpty(create.Name) && create.IsAnonymous ? $"anonymous-{Guid.NewGuid()}" : create.Name,
            BlockSchemaId = create.BlockSchemaId, BlockTypeId = create.BlockTypeId, BlockTypeName = typeName.Value,
            IsAnonymous = create.IsAnonymous,
        };
        var fernet = await cipher.OpenOrCreateAsync(key, now, cancel);
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            insert into block_document (id, created, updated, name, data, block_schema_id, block_type_id, block_type_name, is_anonymous)
            values ({document.Id}, {now}, {now}, {document.Name}, {BlockCipher.Seal(fernet, data, now)}, {document.BlockSchemaId},
                {document.BlockTypeId}, {document.BlockTypeName}, {document.IsAnonymous})
            """);
        foreach (var (field, id) in references) BlockDocumentUpdates.Refer(batch, document.Id, field, id, now);
        if (!document.IsAnonymous)
        {
            Outbox.Add(batch, BlockDocumentEvents.Created(
                document, BlockDocumentEvents.Tellable(data, schema.Value.Fields), schema.Value.Capabilities, now));
        }
        await db.WriteAsync(batch, cancel);
        return await FindAsync(document.Id, includeSecrets: false, cancel) ?? throw ApiException.Unavailable();
    }

    /// <exception cref="ApiException">400: a broken or circular reference, or a schema of another type.</exception>
    public Task<bool> UpdateAsync(Guid id, BlockDocumentUpdate update, DateTimeOffset now, CancellationToken cancel) =>
        new BlockDocumentUpdates(db, cipher).ApplyAsync(id, update, now, cancel);

    public async Task<bool> DeleteAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        // What cannot be opened any more can still be deleted.
        var query = new BlockDocumentQuery { Documents = new BlockDocumentFilter { Id = new() { Any = [id] }, IsAnonymous = null }, EvenUnreadable = true };
        if ((await ListAsync(query, cancel)).FirstOrDefault() is not { } document) return false;
        var batch = new SqlBatch();
        batch.One($"select id from block_document where id = {id} for update", static row => row.GetGuid(0));
        if (!document.IsAnonymous)
        {
            var tellable = BlockDocumentEvents.Tellable(BlockJson.Parse(document.Data), BlockJson.Parse(document.BlockSchema!.Fields));
            Outbox.AddIf(batch, BlockDocumentEvents.Deleted(document, tellable, document.BlockSchema.Capabilities, now),
                $"exists (select 1 from block_document where id = {id})");
        }
        ResultStorageStore.ClearWhere(batch, $"d.id = {id}");
        var deleted = batch.Execute($"delete from block_document where id = {id}");
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    private static SqlText Order(BlockDocumentSort sort) => new(sort switch
    {
        BlockDocumentSort.NameDesc => "d.name desc, d.id",
        BlockDocumentSort.BlockTypeAndNameAsc => "d.block_type_name, d.name, d.id",
        _ => "d.name, d.id",
    });
}
