using Reeve.Core;

namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentCreate
{
    public string? Name { get; set; }

    public RawJson Data { get; set; } = RawJson.EmptyObject;

    public Guid BlockSchemaId { get; set; }

    public Guid BlockTypeId { get; set; }

    public bool IsAnonymous { get; set; }
}
