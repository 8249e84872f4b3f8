namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentFilterRequest
{
    public BlockDocumentFilter? BlockDocuments { get; set; }

    public BlockTypeFilter? BlockTypes { get; set; }

    public BlockSchemaFilter? BlockSchemas { get; set; }

    public bool IncludeSecrets { get; set; }

    public BlockDocumentSort? Sort { get; set; } = BlockDocumentSort.NameAsc;

    public int Offset { get; set; }

    public int? Limit { get; set; }
}
