namespace Reeve.Contract.Blocks;

public sealed class BlockSchemaFilterRequest
{
    public BlockSchemaFilter? BlockSchemas { get; set; }

    public int Offset { get; set; }

    public int? Limit { get; set; }
}
