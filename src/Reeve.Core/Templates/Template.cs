using Reeve.Core.Templates.Syntax;

namespace Reeve.Core.Templates;

/// <summary>
/// A user's template in the dialect of Jinja2, in its sandbox: missing things print as nothing, attributes that begin with an
/// underscore do not exist, values cannot be changed, and size and steps are limited (<see cref="TemplateLimits"/>).
/// </summary>
public sealed class Template
{
    private readonly TemplateTree _tree;

    private Template(TemplateTree tree) => _tree = tree;

    /// <summary>Every name that the template reads, so that the caller loads only what is asked for.</summary>
    public IReadOnlySet<string> Names => _tree.NamesLoaded;

    /// <summary>Whether a text has to be rendered at all; any other text stands for itself.</summary>
    public static bool IsTemplate(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);

    /// <exception cref="TemplateSyntaxException">The text is not a template, or has too many or too deeply nested loops.</exception>
    public static Template Parse(string source)
    {
        var tree = TemplateParser.Parse(source);
        if (tree.LoopCount > TemplateLimits.Loops)
            throw new TemplateSyntaxException($"Contains {tree.LoopCount} for loops. Templates can contain no more than {TemplateLimits.Loops} for loops.", 0);
        if (tree.LoopDepth > TemplateLimits.LoopDepth)
            throw new TemplateSyntaxException($"Contains nested for loops at a depth of {tree.LoopDepth}. Templates can nest for loops no more than {TemplateLimits.LoopDepth} loops deep.", 0);
        return new Template(tree);
    }

    /// <summary>What is wrong with a text as a template; null when nothing is. Unknown filters show only when rendering.</summary>
    public static TemplateProblem? Validate(string source)
    {
        try
        {
            Parse(source);
            return null;
        }
        catch (TemplateSyntaxException error)
        {
            return new TemplateProblem(error.Line, error.Message, source);
        }
    }

    /// <summary>The text with the values of the context in it (see <see cref="TemplateValue"/> for what values may be).</summary>
    /// <param name="context">Values by name; asked only for names that the template reads.</param>
    /// <param name="clock">The time that <c>humanize_naturaltime</c> and its like count from.</param>
    /// <param name="filters">Filters beyond the built-in ones; they take a value and no arguments.</param>
    /// <exception cref="TemplateRenderException">The values do not fit, or a limit was reached.</exception>
    public string Render(
        IReadOnlyDictionary<string, object?> context, TimeProvider clock, IReadOnlyDictionary<string, Func<object?, object?>>? filters = null) =>
        new Interpreter(context, filters, clock).Render(_tree);

    /// <summary>Renders a text if it is a template, else returns it as it is.</summary>
    /// <exception cref="TemplateSyntaxException">The text is not a template.</exception>
    /// <exception cref="TemplateRenderException">The values do not fit, or a limit was reached.</exception>
    public static string Render(
        string text, IReadOnlyDictionary<string, object?> context, TimeProvider clock, IReadOnlyDictionary<string, Func<object?, object?>>? filters = null) =>
        IsTemplate(text) ? Parse(text).Render(context, clock, filters) : text;
}
