namespace Reeve.Contract.Blocks;

public sealed class BlockTypeFilterRequest
{
    public BlockTypeFilter? BlockTypes { get; set; }

    public BlockSchemaFilter? BlockSchemas { get; set; }

    public int Offset { get; set; }

    public int? Limit { get; set; }
}
