using System.Text.RegularExpressions;

namespace Reeve.Core.Templates;

/// <summary>One placeholder of a job template.</summary>
/// <param name="Text">The placeholder as written, with its braces.</param>
/// <param name="Name">What stands between the braces, without spaces.</param>
public readonly partial record struct JobPlaceholder(string Text, string Name)
{
    internal const string BlockPrefix = "prefect.blocks.";
    internal const string VariablePrefix = "prefect.variables.";

    public PlaceholderKind Kind =>
        Name.StartsWith(BlockPrefix, StringComparison.Ordinal) ? PlaceholderKind.Block
        : Name.StartsWith(VariablePrefix, StringComparison.Ordinal) ? PlaceholderKind.Variable
        : Name.StartsWith('$') ? PlaceholderKind.Environment
        : PlaceholderKind.Value;

    /// <summary>The different placeholders of a text, in order.</summary>
    public static IReadOnlyList<JobPlaceholder> Find(string text)
    {
        if (!text.Contains("{{", StringComparison.Ordinal))
            return [];
        var found = new List<JobPlaceholder>();
        foreach (Match match in Shape().Matches(text))
        {
            var placeholder = new JobPlaceholder(match.Value, match.Groups["name"].Value);
            if (!found.Contains(placeholder))
                found.Add(placeholder);
        }

        return found;
    }

    [GeneratedRegex(@"\{\{\s*(?<name>[\w.\-\[\]$]+)\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
