using Reeve.Core;

namespace Reeve.Contract.Blocks;

public sealed class BlockDocumentUpdate
{
    public Optional<Guid?> BlockSchemaId { get; set; }

    public Optional<RawJson> Data { get; set; }

    public Optional<bool> MergeExistingData { get; set; }
}
