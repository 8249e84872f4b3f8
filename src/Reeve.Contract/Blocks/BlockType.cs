namespace Reeve.Contract.Blocks;

public sealed class BlockType
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    public string? LogoUrl { get; set; }

    public string? DocumentationUrl { get; set; }

    public string? Description { get; set; }

    public string? CodeExample { get; set; }

    public bool IsProtected { get; set; }
}
