using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Contract;
using Reeve.Contract.Blocks;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>Documents, all they refer to, and their schemas, read in one round trip and put together in memory.</summary>
internal sealed class BlockDocumentTree
{
    private const int MaxDepth = 50;
    private static readonly SqlText Columns = new(BlockDocumentRow.WithTypeAndFields("d", "t", "s"));

    private readonly DbResult<List<StoredBlockDocument>> _roots;
    private readonly DbResult<List<(Guid Parent, string Field, StoredBlockDocument Document)>> _referenced;
    private readonly BlockSchemaTree _schemas;
    private readonly DbResult<string?>? _key;
    private readonly BlockCipher _cipher;
    private readonly bool _evenUnreadable;
    private Fernet? _fernet;
    private ILookup<Guid, (Guid Parent, string Field, StoredBlockDocument Document)>? _children;

    /// <summary>Adds the reading of the documents whose ids <paramref name="ids"/> selects.</summary>
    public BlockDocumentTree(SqlBatch batch, Sql ids, SqlText order, BlockCipher cipher, bool evenUnreadable)
    {
        _cipher = cipher;
        _evenUnreadable = evenUnreadable;
        _roots = batch.List(
            $"""
            select {Columns} from block_document d
            join block_type t on t.id = d.block_type_id join block_schema s on s.id = d.block_schema_id
            where d.id in (select id from ({ids}) wanted) order by {order}
            """,
            static row => BlockDocumentRow.ReadWithTypeAndFields(row));
        _referenced = batch.List(
            $"""
            with recursive nested (parent, child, field) as (
                select r.parent_block_document_id, r.reference_block_document_id, r.name
                from block_document_reference r where r.parent_block_document_id in (select id from ({ids}) wanted)
                union
                select r.parent_block_document_id, r.reference_block_document_id, r.name
                from block_document_reference r join nested n on n.child = r.parent_block_document_id)
            select n.parent, n.field, {Columns} from nested n join block_document d on d.id = n.child
            join block_type t on t.id = d.block_type_id join block_schema s on s.id = d.block_schema_id
            order by d.name
            """,
            static row => (row.GetGuid(0), row.GetString(1), BlockDocumentRow.ReadWithTypeAndFields(row, 2)));
        _schemas = new BlockSchemaTree(batch,
            $"select d.block_schema_id as id from block_document d where d.id in (select id from ({ids}) wanted)");
        _key = cipher.Ask(batch);
    }

    /// <summary>The documents in the order asked for, once the batch has run.</summary>
    public List<BlockDocument> Documents(bool includeSecrets)
    {
        _fernet = _cipher.Open(_key);
        _children = _referenced.Value.ToLookup(static nested => nested.Parent);
        var schemas = _schemas.Schemas().ToDictionary(static schema => schema.Id);
        var documents = new List<BlockDocument>(_roots.Value.Count);
        foreach (var root in _roots.Value)
        {
            var (data, references) = Whole(root, includeSecrets, 0);
            var document = root.Document;
            document.Data = BlockJson.ToRaw(data);
            document.BlockDocumentReferences = BlockJson.ToRaw(references);
            document.BlockSchema = schemas.GetValueOrDefault(document.BlockSchemaId);
            documents.Add(document);
        }
        return documents;
    }

    private (JsonObject Data, JsonObject References) Whole(StoredBlockDocument stored, bool includeSecrets, int depth)
    {
        if (depth > MaxDepth) throw ApiException.Detail(409, $"Block documents refer to one another deeper than {MaxDepth} levels.");
        var data = stored.Open(_fernet, includeSecrets, _evenUnreadable);
        var references = new JsonObject();
        foreach (var (_, field, child) in _children![stored.Document.Id])
        {
            var (childData, childReferences) = Whole(child, includeSecrets, depth + 1);
            data[field] = childData;
            references[field] = new JsonObject
            {
                ["block_document"] = new JsonObject
                {
                    ["id"] = child.Document.Id.ToString(),
                    ["name"] = child.Document.Name,
                    ["block_type"] = JsonSerializer.SerializeToNode(child.Document.BlockType!, ReeveJson.TypeInfo<BlockType>()),
                    ["is_anonymous"] = child.Document.IsAnonymous,
                    ["block_document_references"] = childReferences,
                },
            };
        }
        return (data, references);
    }
}
