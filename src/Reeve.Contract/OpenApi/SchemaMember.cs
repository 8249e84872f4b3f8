namespace Reeve.Contract.OpenApi;

/// <summary>A member of an object schema; <see cref="Bit"/> is zero for one that may be left out.</summary>
internal sealed record SchemaMember(string Name, byte[] Utf8Name, SchemaNode Node, ulong Bit);
