using System.Globalization;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>The values of one call.</summary>
internal sealed class Arguments(IReadOnlyList<object?> positional, IReadOnlyList<(string Name, object? Value)> keywords)
{
    /// <summary>Marks a parameter that the caller left out.</summary>
    public static readonly object Absent = new();

    public static readonly Arguments None = new([], []);

    public IReadOnlyList<object?> Positional { get; } = positional;

    public IReadOnlyList<(string Name, object? Value)> Keywords { get; } = keywords;

    /// <summary>The values by parameter, with <see cref="Absent"/> for those left out.</summary>
    public object?[] Bind(string function, int required, params string[] names)
    {
        if (Positional.Count > names.Length)
        {
            throw TemplateRenderException.Type(string.Create(CultureInfo.InvariantCulture,
                $"{function}() takes {names.Length} positional argument{(names.Length == 1 ? "" : "s")} but {Positional.Count} {(Positional.Count == 1 ? "was" : "were")} given"));
        }

        var values = new object?[names.Length];
        for (var i = 0; i < names.Length; i++)
            values[i] = i < Positional.Count ? Positional[i] : Absent;
        foreach (var (name, value) in Keywords)
        {
            var index = Array.IndexOf(names, name);
            if (index < 0)
                throw TemplateRenderException.Type($"{function}() got an unexpected keyword argument {PythonText.Repr(name)}");
            if (index < Positional.Count)
                throw TemplateRenderException.Type($"{function}() got multiple values for argument {PythonText.Repr(name)}");
            values[index] = value;
        }

        for (var i = 0; i < required; i++)
        {
            if (ReferenceEquals(values[i], Absent))
                throw TemplateRenderException.Type($"{function}() missing 1 required positional argument: {PythonText.Repr(names[i])}");
        }

        return values;
    }

    public static bool IsGiven(object? value) => !ReferenceEquals(value, Absent);

    /// <summary>The value, or the default where the caller left it out.</summary>
    public static object? Or(object? value, object? otherwise) => IsGiven(value) ? value : otherwise;
}
