using Reeve.Contract.Blocks;
using Reeve.Data;

namespace Reeve.Server.Blocks;

[Row(typeof(BlockSchema), Except = ["BlockType"])]
internal static partial class BlockSchemaRow
{
    /// <summary>Columns of a schema followed by those of its type.</summary>
    public static string WithType(string schema, string type) => $"{Columns(schema)}, {BlockTypeRow.Columns(type)}";

    public static BlockSchema ReadWithType(DbRow row, int at = 0)
    {
        var schema = Read(row, at);
        schema.BlockType = BlockTypeRow.Read(row, at + Count);
        return schema;
    }
}
