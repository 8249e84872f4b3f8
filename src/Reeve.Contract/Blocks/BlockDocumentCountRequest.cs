namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentCountRequest
{
    public BlockDocumentFilter? BlockDocuments { get; set; }

    public BlockTypeFilter? BlockTypes { get; set; }

    public BlockSchemaFilter? BlockSchemas { get; set; }
}
