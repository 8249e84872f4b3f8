using System.Text.Json.Nodes;
using Reeve.Contract.Blocks;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>
/// Changes a document. What is stored is a token of the whole data, so a change reads it, merges and writes it back,
/// unless somebody else changed it meanwhile: then it begins again, and both changes count.
/// </summary>
internal sealed class BlockDocumentUpdates(Db db, BlockCipher cipher)
{
    /// <summary>What a change must know of a schema.</summary>
    internal sealed record Schema(JsonObject Fields, List<string> Capabilities);

    public static Schema ReadSchema(DbRow row) => new(
        BlockJson.Parse(row.GetJson(0)),
        System.Text.Json.JsonSerializer.Deserialize(row.GetJson(1).Utf8.Span, Contract.ReeveJson.TypeInfo<List<string>>()) ?? []);

    public static void Refer(SqlBatch batch, Guid parent, string field, Guid id, DateTimeOffset now) =>
        batch.Execute(
            $"""
            insert into block_document_reference (id, created, updated, name, parent_block_document_id, reference_block_document_id)
            values ({Guid.NewGuid()}, {now}, {now}, {field}, {parent}, {id})
            """);

    public async Task<bool> ApplyAsync(Guid id, BlockDocumentUpdate update, DateTimeOffset now, CancellationToken cancel)
    {
        var merges = update.MergeExistingData.Or(true);
        var sent = update.Data is { HasValue: true, Value.IsNull: false } ? BlockJson.Parse(update.Data.Value) : merges ? null : [];
        var references = sent is null ? [] : BlockReferences.Take(sent);
        var asked = new SqlBatch();
        var key = cipher.Ask(asked);
        if (key is not null) await db.ReadAsync(asked, cancel);
        var fernet = await cipher.OpenOrCreateAsync(key, now, cancel);
        return await Db.DecideAsync(async () =>
        {
            var read = new SqlBatch();
            var found = read.One(
                $"select {new SqlText(BlockDocumentRow.Columns("d"))} from block_document d where d.id = {id}",
                static row => BlockDocumentRow.Read(row));
            var schema = read.One(
                $"""
                select s.fields, s.capabilities from block_schema s
                join block_document d on d.block_schema_id = s.id where d.id = {id}
                """,
                ReadSchema);
            var proposed = ProposedSchema(read, update.BlockSchemaId.Value);
            var circle = Circle(read, id, references);
            await db.ReadAsync(read, cancel);
            if (found.Value is not { } document || schema.Value is null) return false;
            var batch = new SqlBatch();
            RequireSame(batch, document);
            var next = Propose(document, proposed?.Value, update.BlockSchemaId.Value) ?? schema.Value;
            if (circle?.Value is { } back && back != Guid.Empty) throw Circular(id, back);

            var data = BlockCipher.Unseal(fernet, document);
            if (sent is not null)
            {
                data = Merge((JsonObject)sent.DeepClone(), data, BlockSecrets.Paths(schema.Value.Fields), merges, references);
                batch.Execute($"update block_document set data = {BlockCipher.Seal(fernet, data, now)}, updated = {now} where id = {id}");
                batch.Execute($"delete from block_document_reference where parent_block_document_id = {id}");
                foreach (var (field, target) in references) Refer(batch, id, field, target, now);
                if (references.Count > 0) RequireNoCircle(batch, id);
            }
            batch.Execute($"update block_document set block_schema_id = {document.BlockSchemaId} where id = {id}");
            if (!document.IsAnonymous)
            {
                Outbox.Add(batch, BlockDocumentEvents.Updated(document, BlockDocumentEvents.Tellable(data, next.Fields), next.Capabilities, now));
            }
            await db.WriteAsync(batch, cancel);
            return true;
        });
    }

    private static void RequireSame(SqlBatch batch, BlockDocument document) => batch.Require(
        $"""
        exists (select 1 from (
            select d.id from block_document d
            where d.id = {document.Id} and d.block_schema_id = {document.BlockSchemaId} and d.data = {document.Data} for update) held)
        """);

    /// <summary>Somebody else may have given another document a reference that closes a circle: nobody could read any document of it.</summary>
    private static void RequireNoCircle(SqlBatch batch, Guid id) => batch.Require(
        $"""
        not exists (
            with recursive reached (child) as (
                select r.reference_block_document_id from block_document_reference r where r.parent_block_document_id = {id}
                union
                select r.reference_block_document_id from block_document_reference r join reached n on n.child = r.parent_block_document_id)
            select 1 from reached where child = {id})
        """);

    private static JsonObject Merge(
        JsonObject sent, JsonObject stored, List<string[]> secrets, bool merges, List<(string Field, Guid Id)> references)
    {
        BlockSecrets.KeepHidden(sent, stored, secrets);
        if (!merges) return sent;
        foreach (var (field, _) in references) stored.Remove(field);
        foreach (var (key, value) in sent) stored[key] = value?.DeepClone();
        return stored;
    }

    private static DbResult<(Guid TypeId, Schema Schema)>? ProposedSchema(SqlBatch batch, Guid? id) =>
        id is null ? null : batch.One(
            $"select s.fields, s.capabilities, s.block_type_id from block_schema s where s.id = {id}",
            static row => (row.GetGuid(2), ReadSchema(row)));

    /// <summary>Moves the document to the schema that the update names; null when it names none.</summary>
    private static Schema? Propose(BlockDocument document, (Guid TypeId, Schema Schema)? proposed, Guid? id)
    {
        if (id is null) return null;
        if (proposed is not { Schema: not null } found) throw ApiException.Detail(400, $"Block schema {id} not found");
        if (found.TypeId != document.BlockTypeId)
        {
            throw ApiException.Detail(400, "Must migrate block document to a block schema of the same block type.");
        }
        document.BlockSchemaId = id.Value;
        return found.Schema;
    }

    /// <summary>The first of the new references from which the document itself can be reached.</summary>
    private static DbResult<Guid>? Circle(SqlBatch batch, Guid id, List<(string Field, Guid Id)> references)
    {
        if (references.Count == 0) return null;
        var targets = references.Select(static reference => reference.Id).Distinct().ToList();
        return batch.One(
            $"""
            with recursive reached (start, child) as (
                select d.id, d.id from block_document d where d.id = any({targets})
                union
                select n.start, r.reference_block_document_id
                from block_document_reference r join reached n on n.child = r.parent_block_document_id where n.child <> {id})
            select start from reached where child = {id} limit 1
            """,
            static row => row.GetGuid(0));
    }

    private static ApiException Circular(Guid parent, Guid reference) => ApiException.Detail(400,
        "Cannot create block document reference: it would introduce a cycle into the block_document_reference graph "
        + $"(parent={parent}, reference={reference}).");
}
