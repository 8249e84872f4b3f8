using System.Globalization;
using System.Text;
using Reeve.Core.Python;

namespace Reeve.Core.JsonSchema;

/// <summary>One thing that is wrong with a value.</summary>
public sealed class SchemaError
{
    internal SchemaError(string message) => Message = message;

    /// <summary>What is wrong, worded as the reference validator words it.</summary>
    public string Message { get; }

    /// <summary>The schema keyword that refused; null where the schema was <c>false</c>.</summary>
    public string? Keyword { get; internal set; }

    /// <summary>Where in the value: property names (<see cref="string"/>) and indexes (<see cref="int"/>), outermost first.</summary>
    public IReadOnlyList<object> Path => RelativePath;

    /// <summary>The refused part of the value.</summary>
    public object? Instance { get; internal set; }

    internal List<object> RelativePath { get; } = [];

    internal object? Schema { get; set; }

    internal bool IsSet { get; set; }

    internal SchemaError? Parent { get; private set; }

    /// <summary>Why each alternative of <c>anyOf</c> or <c>oneOf</c> refused.</summary>
    internal List<SchemaError> Context { get; private init; } = [];

    internal static SchemaError Alternatives(string message, List<SchemaError> context)
    {
        var error = new SchemaError(message) { Context = context };
        foreach (var inner in context)
            inner.Parent = error;
        return error;
    }

    /// <summary>The place as a JSON path: <c>$</c>, <c>$.env.A</c>, <c>$.l[1]</c>, <c>$['odd name']</c>.</summary>
    public string JsonPath
    {
        get
        {
            var chain = new Stack<SchemaError>();
            for (var error = this; error is not null; error = error.Parent)
                chain.Push(error);
            var path = new StringBuilder("$");
            foreach (var part in chain.SelectMany(error => error.RelativePath))
            {
                if (part is int index)
                    path.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
                else if (part is string name && IsPlainName(name))
                    path.Append('.').Append(name);
                else
                    path.Append("['").Append(((string)part).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
            }

            return path.ToString();
        }
    }

    /// <summary>The sentence in which API answers wrap the error: <c>Validation failed for field 'a'. Failure reason: …</c>.</summary>
    public string Describe()
    {
        var path = JsonPath;
        return path == "$"
            ? "Validation failed. Failure reason: " + Message
            : $"Validation failed for field {PythonText.Repr(path.Replace("$.", "", StringComparison.Ordinal))}. Failure reason: {Message}";
    }

    private static bool IsPlainName(string name)
    {
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return true;
    }
}
