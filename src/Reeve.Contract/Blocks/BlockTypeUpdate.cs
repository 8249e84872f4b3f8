namespace Reeve.Contract.Blocks;

public sealed class BlockTypeUpdate
{
    public Optional<string?> LogoUrl { get; set; }

    public Optional<string?> DocumentationUrl { get; set; }

    public Optional<string?> Description { get; set; }

    public Optional<string?> CodeExample { get; set; }
}
