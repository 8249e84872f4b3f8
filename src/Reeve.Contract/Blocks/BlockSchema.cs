using Reeve.Core;

namespace Reeve.Contract.Blocks;

public sealed class BlockSchema
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Checksum { get; set; } = "";

    public RawJson Fields { get; set; } = RawJson.EmptyObject;

    public Guid? BlockTypeId { get; set; }

    public BlockType? BlockType { get; set; }

    public List<string> Capabilities { get; set; } = [];

    public string Version { get; set; } = "non-versioned";
}
