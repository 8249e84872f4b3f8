using Reeve.Contract.Blocks;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Admin;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>All SQL on <c>block_schema</c> and <c>block_schema_reference</c>.</summary>
internal sealed class BlockSchemaStore(Db db)
{
    public Task<BlockSchema?> FindAsync(Guid id, CancellationToken cancel) =>
        FindAsync($"select s.id from block_schema s where s.id = {id}", cancel);

    /// <summary>The newest schema of the checksum, of that version where one is asked for.</summary>
    public Task<BlockSchema?> FindByChecksumAsync(string checksum, string? version, CancellationToken cancel)
    {
        Sql ofVersion = version is null ? (Sql)$"true" : (Sql)$"s.version = {version}";
        return FindAsync(
            $"select s.id from block_schema s where s.checksum = {checksum} and {ofVersion} order by s.created desc limit 1", cancel);
    }

    public async Task<List<BlockSchema>> ListAsync(BlockSchemaFilter? filter, int limit, int offset, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var tree = new BlockSchemaTree(batch,
            $"""
            select s.id from block_schema s where {BlockPredicate.Schemas(filter, "s", db.Dialect)}
            order by s.created desc, s.id limit {limit} offset {offset}
            """);
        await db.ReadAsync(batch, cancel);
        return tree.Schemas();
    }

    public async Task<List<string>> CapabilitiesAsync(CancellationToken cancel)
    {
        Sql each = db.Dialect == Dialect.Postgres
            ? (Sql)$"select distinct can.value from block_schema s, jsonb_array_elements_text(s.capabilities) can(value) order by 1"
            : (Sql)$"select distinct can.value from block_schema s, json_each(s.capabilities) can order by 1";
        return await db.ListAsync(each, static row => row.GetString(0), cancel);
    }

    /// <summary>Stores a schema and those nested in it that are not known yet, or finds the one that is there.</summary>
    /// <exception cref="ApiException">404: no such type; 409: a nested type or definition is missing.</exception>
    public async Task<(BlockSchema Schema, bool Created)> CreateAsync(BlockSchemaCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        var sent = BlockJson.Parse(create.Fields);
        var plan = PlannedSchema.Of(sent, create.Version);
        var read = new SqlBatch();
        var existing = new BlockSchemaTree(read,
            $"select s.id from block_schema s where s.checksum = {plan.Checksum} and s.version = {plan.Version}");
        var type = read.One(
            $"select {new SqlText(BlockTypeRow.Columns("t"))} from block_type t where t.id = {create.BlockTypeId}",
            static row => BlockTypeRow.Read(row));
        var inserts = new BlockSchemaInserts(read, plan);
        await db.ReadAsync(read, cancel);
        if (type.Value is null) throw ApiException.Detail(404, $"Block type {create.BlockTypeId} not found.");
        if (existing.Schemas() is [var there]) return (there, false);

        var batch = new SqlBatch();
        var inserted = inserts.Write(batch, create.BlockTypeId, JsonText.Of(create.Capabilities), now);
        await db.WriteAsync(batch, cancel);
        if (inserted.Value != 1) return (await FindByChecksumAsync(plan.Checksum, plan.Version, cancel) ?? throw ApiException.Unavailable(), false);
        return (new BlockSchema
        {
            Id = plan.Id, Created = now, Updated = now, Checksum = plan.Checksum, Fields = AsSent(create.Fields),
            BlockTypeId = create.BlockTypeId, BlockType = type.Value, Capabilities = create.Capabilities, Version = create.Version,
        }, true);
    }

    /// <exception cref="ApiException">403: the type is protected.</exception>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancel)
    {
        var guarded = await db.ListAsync(
            $"select t.is_protected from block_schema s join block_type t on t.id = s.block_type_id where s.id = {id}",
            static row => row.GetBoolean(0), cancel);
        if (guarded is []) return false;
        if (guarded[0]) throw ApiException.Detail(403, "Block schemas for protected block types cannot be deleted.");
        var batch = new SqlBatch();
        ResultStorageStore.ClearWhere(batch, $"d.block_schema_id = {id}");
        var deleted = batch.Execute($"delete from block_schema where id = {id}");
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    private async Task<BlockSchema?> FindAsync(Sql id, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        var tree = new BlockSchemaTree(batch, id);
        await db.ReadAsync(batch, cancel);
        return tree.Schemas().FirstOrDefault();
    }

    /// <summary>A new schema is answered with the fields it was sent with.</summary>
    private static RawJson AsSent(RawJson fields)
    {
        var answer = BlockJson.Parse(fields);
        answer["block_schema_references"] ??= new System.Text.Json.Nodes.JsonObject();
        return BlockJson.ToRaw(answer);
    }
}
