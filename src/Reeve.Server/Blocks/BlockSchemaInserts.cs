using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Blocks;

/// <summary>Which of a planned schema's nested schemas are known, and the inserts of those that are not.</summary>
internal sealed class BlockSchemaInserts
{
    private readonly PlannedSchema _plan;
    private readonly DbResult<List<(Guid Id, string Slug)>> _types;
    private readonly DbResult<List<(Guid Id, string Checksum)>> _known;
    private readonly HashSet<Guid> _written = [];
    private int _order;

    /// <summary>Adds what must be read first.</summary>
    public BlockSchemaInserts(SqlBatch read, PlannedSchema plan)
    {
        _plan = plan;
        var references = plan.AllReferences().ToList();
        var slugs = references.Select(static reference => reference.Slug).Distinct().ToList();
        var checksums = references.Select(static reference => reference.Checksum).Distinct().ToList();
        _types = read.List($"select t.id, t.slug from block_type t where t.slug = any({slugs})", static row => (row.GetGuid(0), row.GetString(1)));
        _known = read.List(
            $"select s.id, s.checksum from block_schema s where s.checksum = any({checksums}) order by s.created desc",
            static row => (row.GetGuid(0), row.GetString(1)));
    }

    /// <summary>Adds the inserts; the answer is 1 when the schema itself is new.</summary>
    /// <exception cref="ApiException">409: a nested type or definition is missing.</exception>
    public DbResult<int> Write(SqlBatch batch, Guid typeId, RawJson capabilities, DateTimeOffset now) =>
        Write(batch, _plan, typeId, capabilities, now);

    private DbResult<int> Write(SqlBatch batch, PlannedSchema schema, Guid typeId, RawJson capabilities, DateTimeOffset now)
    {
        _written.Add(schema.Id);
        // Schemas are listed by age, so those of one request are a microsecond apart.
        var made = now.AddMicroseconds(_order++);
        var inserted = batch.Execute(
            $"""
            insert into block_schema (id, created, updated, fields, checksum, block_type_id, capabilities, version)
            values ({schema.Id}, {made}, {made}, {BlockJson.ToRaw(schema.Fields)}, {schema.Checksum}, {typeId}, {capabilities}, {schema.Version})
            on conflict (checksum, version) do nothing
            """);
        foreach (var reference in schema.References) WriteReference(batch, schema, reference, now);
        return inserted;
    }

    private void WriteReference(SqlBatch batch, PlannedSchema parent, PlannedSchema.PlannedReference reference, DateTimeOffset now)
    {
        var type = _types.Value.Find(type => type.Slug == reference.Slug);
        if (type.Slug is null)
        {
            throw ApiException.Detail(409,
                $"Cannot create block schema because block type '{reference.Slug}' was not found.Did you forget to register the block type?");
        }
        Sql target;
        if (_known.Value.Find(known => known.Checksum == reference.Checksum) is { Checksum: not null } known) target = $"{known.Id}";
        else if (reference.Nested is { } nested)
        {
            if (!_written.Contains(nested.Id)) Write(batch, nested, type.Id, RawJson.EmptyArray, now);
            target = $"(select s.id from block_schema s where s.checksum = {nested.Checksum} and s.version = {nested.Version})";
        }
        else
        {
            throw ApiException.Detail(409,
                $"Cannot create block schema because the definition of block type '{reference.Slug}' under '{reference.Field}' is missing.");
        }
        var made = now.AddMicroseconds(_order++);
        batch.Execute(
            $"""
            insert into block_schema_reference (id, created, updated, name, parent_block_schema_id, reference_block_schema_id)
            select {Guid.NewGuid()}, {made}, {made}, {reference.Field:text}, p.id, {target} from block_schema p where p.id = {parent.Id}
            """);
    }
}
