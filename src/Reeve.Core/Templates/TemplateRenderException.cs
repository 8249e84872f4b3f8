using Reeve.Core.Python;

namespace Reeve.Core.Templates;

/// <summary>A valid template could not be rendered with the values at hand.</summary>
public sealed class TemplateRenderException : Exception
{
    internal TemplateRenderException(string kind, string message)
        : base(message) => Kind = kind;

    /// <summary>The name of the error, in Python's vocabulary: <c>TypeError</c>, <c>UndefinedError</c>, <c>SecurityError</c> …</summary>
    public string Kind { get; }

    /// <summary>The error as answers print it: <c>TypeError('…')</c>.</summary>
    public string Repr => Message.Length == 0 ? Kind + "()" : $"{Kind}({PythonText.Repr(Message)})";

    /// <summary>The sentence in which an action's failure reports the error.</summary>
    public string Describe() => "Failed to render template due to the following error: " + Repr;

    internal static TemplateRenderException Type(string message) => new("TypeError", message);

    internal static TemplateRenderException Value(string message) => new("ValueError", message);

    internal static TemplateRenderException Undefined(string message) => new("UndefinedError", message);

    internal static TemplateRenderException Overflow(string message) => new("OverflowError", message);

    internal static TemplateRenderException FilterArgument(string message) => new("FilterArgumentError", message);
}
