namespace Reeve.Contract.Blocks;

public sealed class BlockTypeFilter
{
    public BlockTypeFilterName? Name { get; set; }

    public BlockTypeFilterSlug? Slug { get; set; }
}
