using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Contract;
using Reeve.Contract.Blocks;
using Reeve.Server.Admin;

namespace Reeve.Server.Blocks;

/// <summary>
/// The block types that every server offers, with the schemas that Prefect's clients look for. The checksums are those
/// clients compute; they cover texts that this document leaves out, so they are stated, not computed.
/// </summary>
internal sealed class BlockCatalog
{
    private BlockCatalog(List<BlockType> types, List<Schema> schemas)
    {
        Types = types;
        Schemas = schemas;
    }

    public IReadOnlyList<BlockType> Types { get; }

    public IReadOnlyList<Schema> Schemas { get; }

    /// <summary>A schema of the type <paramref name="Slug"/>, and the schemas nested in its fields.</summary>
    internal sealed record Schema(
        Guid Id, string Slug, string Checksum, string Version, JsonArray Capabilities, JsonObject Fields, List<Reference> References);

    internal sealed record Reference(string Field, string Checksum, string Version);

    /// <summary>Reads the document; it is needed once in the life of a database, so nothing is kept of it.</summary>
    public static BlockCatalog Load()
    {
        var document = BlockJson.Parse(Bundled.Read("blocks.json").Span);
        var types = document["types"]!.AsArray().Select(static type => type!.Deserialize(ReeveJson.TypeInfo<BlockType>())!).ToList();
        var schemas = document["schemas"]!.AsArray().Select(static schema => Read(schema!.AsObject())).ToList();
        return new BlockCatalog(types, schemas);
    }

    /// <summary>Only the types the server itself relies on.</summary>
    public BlockCatalog Protected()
    {
        var types = Types.Where(static type => type.IsProtected).ToList();
        var slugs = types.Select(static type => type.Slug).ToHashSet();
        return new BlockCatalog(types, [.. Schemas.Where(schema => slugs.Contains(schema.Slug))]);
    }

    /// <summary>What of the catalogue is not among these.</summary>
    public BlockCatalog Without(IReadOnlySet<string> slugs, IReadOnlySet<(string Checksum, string Version)> schemas) => new(
        [.. Types.Where(type => !slugs.Contains(type.Slug))],
        [.. Schemas.Where(schema => !schemas.Contains((schema.Checksum, schema.Version)))]);

    private static Schema Read(JsonObject schema) => new(
        Guid.NewGuid(), Text(schema, "slug"), Text(schema, "checksum"), Text(schema, "version"),
        schema["capabilities"]!.AsArray(), schema["fields"]!.AsObject(),
        [.. schema["references"]!.AsArray().Select(static one => new Reference((string)one![0]!, (string)one[1]!, (string)one[2]!))]);

    private static string Text(JsonObject from, string key) => (string)from[key]!;
}
