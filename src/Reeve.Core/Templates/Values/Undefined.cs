using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>The value of a name that means nothing. It prints as nothing and so do its attributes; calculating with it is an error.</summary>
internal sealed class Undefined(string hint, string kind = "UndefinedError") : IPythonObject
{
    public string Repr() => "Undefined";

    public string Str() => "";

    public TemplateRenderException Error() => new(kind, hint);

    public static Undefined Name(string name) => new($"{PythonText.Repr(name)} is undefined");

    public static Undefined Missing(object? owner, object? key) => owner is Undefined undefined ? undefined
        : key is string name ? new Undefined($"{PythonText.Repr(Operations.Describe(owner))} has no attribute {PythonText.Repr(name)}")
        : new Undefined($"{Operations.Describe(owner)} has no element {PythonText.Repr(key)}");

    public static Undefined Unsafe(object? owner, string name) =>
        new($"access to attribute {PythonText.Repr(name)} of {PythonText.Repr(Operations.TypeName(owner))} object is unsafe.", "SecurityError");
}
