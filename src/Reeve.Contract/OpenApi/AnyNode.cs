using System.Text.Json;

namespace Reeve.Contract.OpenApi;

internal sealed class AnyNode : SchemaNode
{
    public static AnyNode Instance { get; } = new();

    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        reader.Skip();
        return true;
    }
}
