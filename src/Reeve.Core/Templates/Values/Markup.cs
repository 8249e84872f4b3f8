using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>Text that counts as HTML already: joining plain text to it escapes the plain text.</summary>
internal sealed class Markup(string text) : IPythonObject
{
    public string Text { get; } = text;

    public string Repr() => $"Markup({PythonText.Repr(Text)})";

    public string Str() => Text;

    public static Markup Escape(object? value) => value as Markup ?? new Markup(EscapeText(Operations.Text(value)));

    public static string EscapeText(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal)
        .Replace("\"", "&#34;", StringComparison.Ordinal);
}
