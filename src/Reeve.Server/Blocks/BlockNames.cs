using System.Text.RegularExpressions;

namespace Reeve.Server.Blocks;

/// <summary>What block types' slugs and block documents' names are made of.</summary>
internal static partial class BlockNames
{
    public static bool IsSlug(string text) => Slug().IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
