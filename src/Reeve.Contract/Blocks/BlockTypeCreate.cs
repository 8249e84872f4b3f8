namespace Reeve.Contract.Blocks;

public sealed class BlockTypeCreate
{
    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    public string? LogoUrl { get; set; }

    public string? DocumentationUrl { get; set; }

    public string? Description { get; set; }

    public string? CodeExample { get; set; }
}
