using Reeve.Contract.Blocks;

namespace Reeve.Server.Blocks;

/// <summary>Which documents are wanted, in which order, and whether with their secrets.</summary>
internal sealed record BlockDocumentQuery
{
    public BlockDocumentFilter? Documents { get; init; }
    public BlockTypeFilter? Types { get; init; }
    public BlockSchemaFilter? Schemas { get; init; }
    public bool IncludeSecrets { get; init; }

    /// <summary>Show data that cannot be opened as empty, instead of refusing: for what only has to know of the document.</summary>
    public bool EvenUnreadable { get; init; }

    public BlockDocumentSort Sort { get; init; } = BlockDocumentSort.NameAsc;

    /// <summary>Null: all.</summary>
    public int? Limit { get; init; }

    public int Offset { get; init; }
}
