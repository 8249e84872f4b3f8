using Reeve.Contract.Blocks;
using Reeve.Data;

namespace Reeve.Server.Blocks;

[Row(typeof(BlockType))]
internal static partial class BlockTypeRow;
