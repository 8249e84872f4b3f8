using Reeve.Core;

namespace Reeve.Contract.Blocks;

public sealed class BlockSchemaCreate
{
    public RawJson Fields { get; set; } = RawJson.EmptyObject;

    public Guid BlockTypeId { get; set; }

    public List<string> Capabilities { get; set; } = [];

    public string Version { get; set; } = "non-versioned";
}
