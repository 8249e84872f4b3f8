namespace Reeve.Core.Python;

/// <summary>A value that knows how Python would print it.</summary>
public interface IPythonObject
{
    /// <summary>The text of <c>repr(value)</c>.</summary>
    public string Repr();

    /// <summary>The text of <c>str(value)</c>.</summary>
    public string Str() => Repr();
}
