using System.Text.Json.Nodes;
using Reeve.Contract.Blocks;
using Reeve.Data;

namespace Reeve.Server.Blocks;

/// <summary>Schemas and all that are nested in them, read by two statements and put together in memory.</summary>
internal sealed class BlockSchemaTree
{
    private const int MaxDepth = 50;
    private static readonly SqlText Columns = new(BlockSchemaRow.WithType("s", "t"));

    private readonly DbResult<List<BlockSchema>> _roots;
    private readonly DbResult<List<(Guid Parent, string Field, BlockSchema Schema)>> _nested;
    private ILookup<Guid, (Guid Parent, string Field, BlockSchema Schema)>? _children;

    /// <summary>Adds the reading of the schemas whose ids <paramref name="ids"/> selects.</summary>
    public BlockSchemaTree(SqlBatch batch, Sql ids)
    {
        _roots = batch.List(
            $"""
            select {Columns} from block_schema s join block_type t on t.id = s.block_type_id
            where s.id in (select id from ({ids}) wanted) order by s.created desc, s.id
            """,
            static row => BlockSchemaRow.ReadWithType(row));
        _nested = batch.List(
            $"""
            with recursive nested (parent, child, field, made) as (
                select r.parent_block_schema_id, r.reference_block_schema_id, r.name, r.created
                from block_schema_reference r where r.parent_block_schema_id in (select id from ({ids}) wanted)
                union
                select r.parent_block_schema_id, r.reference_block_schema_id, r.name, r.created
                from block_schema_reference r join nested n on n.child = r.parent_block_schema_id)
            select n.parent, n.field, {Columns}
            from nested n join block_schema s on s.id = n.child join block_type t on t.id = s.block_type_id
            order by n.made, s.created, s.id
            """,
            static row => (row.GetGuid(0), row.GetString(1), BlockSchemaRow.ReadWithType(row, 2)));
    }

    /// <summary>The schemas with their references and definitions, newest first, once the batch has run.</summary>
    public List<BlockSchema> Schemas()
    {
        _children = _nested.Value.ToLookup(static nested => nested.Parent);
        foreach (var schema in _roots.Value) schema.Fields = BlockJson.ToRaw(Fields(schema, 0));
        return _roots.Value;
    }

    private JsonObject Fields(BlockSchema schema, int depth)
    {
        var fields = BlockJson.Parse(schema.Fields);
        var references = new JsonObject();
        var definitions = new JsonObject();
        foreach (var (_, field, child) in _children![schema.Id])
        {
            if (!AddReference(references, field, child) || depth >= MaxDepth) continue;
            var childFields = Fields(child, depth + 1);
            if (BlockJson.Text(childFields["title"]) is not { } title) continue;
            var inner = childFields["definitions"] as JsonObject;
            childFields.Remove("definitions");
            definitions[title] = childFields;
            Merge(definitions, inner);
        }
        fields["block_schema_references"] = references;
        if (definitions.Count > 0)
        {
            var all = fields["definitions"] as JsonObject ?? [];
            fields["definitions"] = all;
            Merge(all, definitions);
        }
        return fields;
    }

    /// <summary>Whether the reference is new under its field; more than one make a list.</summary>
    private static bool AddReference(JsonObject references, string field, BlockSchema child)
    {
        var reference = new JsonObject
        {
            ["block_schema_checksum"] = child.Checksum,
            ["block_type_slug"] = child.BlockType!.Slug,
        };
        switch (references[field])
        {
            case null:
                references[field] = reference;
                return true;
            case JsonArray several:
                if (several.Any(one => JsonNode.DeepEquals(one, reference))) return false;
                several.Add((JsonNode)reference);
                return true;
            case var one:
                if (JsonNode.DeepEquals(one, reference)) return false;
                references.Remove(field);
                references[field] = new JsonArray(one, reference);
                return true;
        }
    }

    private static void Merge(JsonObject into, JsonObject? from)
    {
        foreach (var (key, value) in (from ?? []).ToList())
        {
            from!.Remove(key);
            into[key] = value;
        }
    }
}
