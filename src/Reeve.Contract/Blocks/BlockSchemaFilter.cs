namespace Reeve.Contract.Blocks;

public sealed class BlockSchemaFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public BlockSchemaFilterBlockTypeId? BlockTypeId { get; set; }

    public BlockSchemaFilterCapabilities? BlockCapabilities { get; set; }

    public BlockSchemaFilterId? Id { get; set; }

    public BlockSchemaFilterVersion? Version { get; set; }
}
