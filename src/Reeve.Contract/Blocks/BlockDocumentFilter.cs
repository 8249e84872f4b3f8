namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentFilter
{
    public Operator Operator { get; set; } = Operator.And;

    public BlockDocumentFilterId? Id { get; set; }

    public BlockDocumentFilterIsAnonymous? IsAnonymous { get; set; } = new() { Eq = false };

    public BlockDocumentFilterBlockTypeId? BlockTypeId { get; set; }

    public BlockDocumentFilterName? Name { get; set; }
}
