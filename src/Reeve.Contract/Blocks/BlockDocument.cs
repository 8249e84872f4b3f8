using Reeve.Core;

namespace Reeve.Contract.Blocks;

public sealed class BlockDocument
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string? Name { get; set; }

    public RawJson Data { get; set; } = RawJson.EmptyObject;

    public Guid BlockSchemaId { get; set; }

    public BlockSchema? BlockSchema { get; set; }

    public Guid BlockTypeId { get; set; }

    public string? BlockTypeName { get; set; }

    public BlockType? BlockType { get; set; }

    public RawJson BlockDocumentReferences { get; set; } = RawJson.EmptyObject;

    public bool IsAnonymous { get; set; }
}
