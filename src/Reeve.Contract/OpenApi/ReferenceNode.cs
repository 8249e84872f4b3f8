using System.Text.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>A named schema, compiled when a value first gets to it. Schemas may refer to themselves.</summary>
internal sealed class ReferenceNode(SchemaCompiler compiler, string name) : SchemaNode
{
    private SchemaNode? _actual;

    public override SchemaNode Actual => _actual ??= compiler.Named(name).Actual;

    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk) => Actual.Check(ref reader, walk);
}
