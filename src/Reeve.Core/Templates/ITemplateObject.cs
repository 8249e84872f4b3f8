using Reeve.Core.Python;

namespace Reeve.Core.Templates;

/// <summary>An object that templates may look into. Attributes are asked for only when a template names them.</summary>
public interface ITemplateObject : IPythonObject
{
    /// <summary>The Python class name that messages show, e.g. <c>FlowRun</c>.</summary>
    public string TypeName { get; }

    /// <summary>The value of <c>object.name</c>; never asked for names that begin with an underscore.</summary>
    public bool TryGetAttribute(string name, out object? value);

    /// <summary>The value of <c>object[key]</c>.</summary>
    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>The JSON that <c>tojson</c> writes: a tree of <see cref="JsonSchema.JsonTree"/>; the default says it has none.</summary>
    public bool TryGetJson(out object? tree)
    {
        tree = null;
        return false;
    }
}
