namespace Reeve.Core.Templates;

/// <summary>The text is not a template, or one that the limits do not allow. The message is the wire's.</summary>
public sealed class TemplateSyntaxException(string message, int line) : Exception(message)
{
    /// <summary>Line of the template, from 1; 0 where the template as a whole is refused.</summary>
    public int Line { get; } = line;
}
