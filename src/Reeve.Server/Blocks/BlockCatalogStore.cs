using Reeve.Contract.Blocks;
using Reeve.Data;

namespace Reeve.Server.Blocks;

/// <summary>Puts the catalogue of block types into the database.</summary>
internal sealed class BlockCatalogStore(Db db)
{
    /// <summary>Adds the types and schemas that are missing, in one round trip after one that looks; how many were.</summary>
    public async Task<int> AddMissingAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var read = new SqlBatch();
        var slugs = read.List($"select slug from block_type", static row => row.GetString(0));
        var schemas = read.List($"select checksum, version from block_schema", static row => (row.GetString(0), row.GetString(1)));
        await db.ReadAsync(read, cancel);
        var missing = BlockCatalog.Load().Without(slugs.Value.ToHashSet(), schemas.Value.ToHashSet());
        if (missing.Types.Count + missing.Schemas.Count > 0) await WriteAsync(missing, $"do nothing", now, cancel);
        return missing.Types.Count + missing.Schemas.Count;
    }

    /// <summary>Brings the types the server relies on to what they should be.</summary>
    public Task InstallProtectedAsync(DateTimeOffset now, CancellationToken cancel) => WriteAsync(
        BlockCatalog.Load().Protected(),
        $"""
        (slug) do update set name = excluded.name, logo_url = excluded.logo_url, documentation_url = excluded.documentation_url,
            description = excluded.description, code_example = excluded.code_example, is_protected = excluded.is_protected,
            updated = excluded.updated
        """,
        now, cancel);

    private Task WriteAsync(BlockCatalog catalog, Sql onConflict, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.Insert(
            $"insert into block_type (id, created, updated, name, slug, logo_url, documentation_url, description, code_example, is_protected)",
            catalog.Types, type => Values(type, now), $"on conflict {onConflict}");
        var order = 0;
        foreach (var schema in catalog.Schemas)
        {
            // Schemas are listed by age, and the parts of a union in the order of their age.
            var made = now.AddMicroseconds(order++);
            batch.Execute(
                $"""
                insert into block_schema (id, created, updated, fields, checksum, block_type_id, capabilities, version)
                select {schema.Id}, {made}, {made}, {BlockJson.ToRaw(schema.Fields):jsonb}, {schema.Checksum:text}, t.id,
                    {BlockJson.ToRaw(schema.Capabilities):jsonb}, {schema.Version:text}
                from block_type t where t.slug = {schema.Slug}
                on conflict (checksum, version) do nothing
                """);
        }
        foreach (var schema in catalog.Schemas)
        {
            foreach (var reference in schema.References)
            {
                var made = now.AddMicroseconds(order++);
                batch.Execute(
                    $"""
                    insert into block_schema_reference (id, created, updated, name, parent_block_schema_id, reference_block_schema_id)
                    select {Guid.NewGuid()}, {made}, {made}, {reference.Field:text}, p.id, c.id from block_schema p, block_schema c
                    where p.id = {schema.Id} and c.checksum = {reference.Checksum} and c.version = {reference.Version}
                    """);
            }
        }
        return db.WriteAsync(batch, cancel);
    }

    private static Sql Values(BlockType type, DateTimeOffset now) =>
        $"""
        ({Guid.NewGuid()}, {now}, {now}, {type.Name}, {type.Slug}, {type.LogoUrl}, {type.DocumentationUrl},
            {type.Description}, {type.CodeExample}, {type.IsProtected})
        """;
}
