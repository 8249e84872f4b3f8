using Reeve.Core.Python;

namespace Reeve.Core.JsonSchema;

/// <summary>Stands in a hydrated value where the final value is not known, or could not be had.</summary>
public abstract class HydrationPlaceholder : IPythonObject
{
    /// <summary>What a message shows in place of the value.</summary>
    public abstract string Repr();
}
