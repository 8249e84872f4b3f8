using Reeve.Contract.Blocks;
using Reeve.Data;

namespace Reeve.Server.Blocks;

/// <summary>A document as it is stored: its data is a token.</summary>
[Row(typeof(BlockDocument), Except = ["BlockSchema", "BlockType", "BlockDocumentReferences"])]
internal static partial class BlockDocumentRow
{
    /// <summary>Columns of a document, its type, and the fields of its schema.</summary>
    public static string WithTypeAndFields(string document, string type, string schema) =>
        $"{Columns(document)}, {BlockTypeRow.Columns(type)}, {schema}.fields";

    public static StoredBlockDocument ReadWithTypeAndFields(DbRow row, int at = 0)
    {
        var document = Read(row, at);
        document.BlockType = BlockTypeRow.Read(row, at + Count);
        return new StoredBlockDocument(document, row.GetJson(at + Count + BlockTypeRow.Count));
    }
}
