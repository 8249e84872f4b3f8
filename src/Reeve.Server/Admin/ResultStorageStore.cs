using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Admin;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Admin;

/// <summary>Which block results go to by default, kept in <c>configuration</c>.</summary>
internal sealed class ResultStorageStore(Db db)
{
    private const string Key = "server-default-result-storage";

    public async Task<ServerDefaultResultStorage> ReadAsync(CancellationToken cancel)
    {
        var value = await db.OneAsync($"select value from configuration where key = {Key}", static row => row.GetJson(0), cancel);
        return value.IsNull ? new() : JsonSerializer.Deserialize(value.Utf8.Span, ReeveJson.TypeInfo<ServerDefaultResultStorage>()) ?? new();
    }

    /// <exception cref="ApiException">404: no such block; 422: the block cannot write.</exception>
    public Task<ServerDefaultResultStorage> SetAsync(Guid block, DateTimeOffset now, CancellationToken cancel) =>
        Db.DecideAsync(() => DecideAsync(block, now, cancel));

    private async Task<ServerDefaultResultStorage> DecideAsync(Guid block, DateTimeOffset now, CancellationToken cancel)
    {
        var capabilities = await db.OneAsync(
            $"select s.capabilities from block_document d join block_schema s on s.id = d.block_schema_id where d.id = {block}",
            static row => row.GetJson(0), cancel);
        if (capabilities.IsNull) throw ApiException.Detail(404, $"Block document {block} not found.");
        var can = JsonSerializer.Deserialize(capabilities.Utf8.Span, ReeveJson.TypeInfo<List<string>>()) ?? [];
        if (!can.Contains("write-path")) throw ApiException.Detail(422, $"Block document {block} cannot be used for result storage.");
        var storage = new ServerDefaultResultStorage { DefaultResultStorageBlockId = block };
        var batch = new SqlBatch();
        // Whoever deletes the block clears what names it, and must see this.
        batch.Require($"exists (select 1 from (select d.id from block_document d where d.id = {block} for update) held)");
        batch.Execute(
            $"""
            insert into configuration (id, created, updated, key, value)
            values ({Guid.NewGuid()}, {now}, {now}, {Key}, {JsonText.Of(storage)})
            on conflict (key) do update set value = excluded.value, updated = excluded.updated
            """);
        await db.WriteAsync(batch, cancel);
        return storage;
    }

    public Task ClearAsync(CancellationToken cancel) => db.ExecuteAsync($"delete from configuration where key = {Key}", cancel);

    /// <summary>Clears it with the deletion of what it names: where the block <c>d</c> meets <paramref name="condition"/>.</summary>
    public static void ClearWhere(SqlBatch batch, Sql condition) =>
        batch.Execute(
            $"""
            delete from configuration where key = {Key}
            and value ->> 'default_result_storage_block_id' in (select d.id::text from block_document d where {condition})
            """);
}
