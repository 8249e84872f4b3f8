using Reeve.Contract;
using Reeve.Contract.Blocks;
using Reeve.Data;

namespace Reeve.Server.Blocks;

/// <summary>Block filters as conditions on rows of <c>block_type</c>, <c>block_schema</c> and <c>block_document</c>.</summary>
internal static class BlockPredicate
{
    /// <summary>Conditions on a type; a schema filter asks for a type that has such a schema.</summary>
    public static Sql Types(BlockTypeFilter? types, BlockSchemaFilter? schemas, string type, Dialect dialect)
    {
        var where = Type(types, type);
        if (schemas is not null)
        {
            where.Add($"exists (select 1 from block_schema bs where bs.block_type_id = {new SqlText(type)}.id and {Schemas(schemas, "bs", dialect)})");
        }
        return where.ToSql();
    }

    public static Sql Schemas(BlockSchemaFilter? filter, string schema, Dialect dialect)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.BlockTypeId is { } type) where.Add(new Predicate().Any($"{schema}.block_type_id", type.Any));
        if (filter?.BlockCapabilities is { } can) where.Add(new Predicate().HasAll(dialect, $"{schema}.capabilities", can.All));
        if (filter?.Id is { } id) where.Add(new Predicate().Any($"{schema}.id", id.Any));
        if (filter?.Version is { } version) where.Add(new Predicate().Any($"{schema}.version", version.Any));
        return where.ToSql();
    }

    /// <summary>Conditions on a document. Without a filter on documents the anonymous ones are left out.</summary>
    public static Sql Documents(
        BlockDocumentFilter? documents, BlockTypeFilter? types, BlockSchemaFilter? schemas, string document, Dialect dialect)
    {
        var where = new Predicate().Add(Document(documents ?? new BlockDocumentFilter(), document));
        if (types is not null)
        {
            where.Add($"exists (select 1 from block_type bt where bt.id = {new SqlText(document)}.block_type_id and {Type(types, "bt").ToSql()})");
        }
        if (schemas is not null)
        {
            where.Add($"exists (select 1 from block_schema bs where bs.id = {new SqlText(document)}.block_schema_id and {Schemas(schemas, "bs", dialect)})");
        }
        return where.ToSql();
    }

    private static Predicate Document(BlockDocumentFilter filter, string document)
    {
        var where = new Predicate(filter.Operator == Operator.Or);
        if (filter.Id is { } id) where.Add(new Predicate().Any($"{document}.id", id.Any));
        if (filter.IsAnonymous is { } anonymous) where.Add(new Predicate().Is($"{document}.is_anonymous", anonymous.Eq));
        if (filter.BlockTypeId is { } type) where.Add(new Predicate().Any($"{document}.block_type_id", type.Any));
        if (filter.Name is { } name) where.Add(new Predicate().Any($"{document}.name", name.Any).Like($"{document}.name", name.Like));
        return where;
    }

    private static Predicate Type(BlockTypeFilter? filter, string type) =>
        new Predicate().Like($"{type}.name", filter?.Name?.Like).Any($"{type}.slug", filter?.Slug?.Any);
}
