using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>One compiled schema.</summary>
internal abstract class SchemaNode
{
    /// <summary>Checks the value whose first token the reader stands on and leaves the reader on its last. False: faults were noted.</summary>
    public abstract bool Check(ref Utf8JsonReader reader, ValidationWalk walk);

    /// <summary>The node that does the work, behind references.</summary>
    public virtual SchemaNode Actual => this;
}
