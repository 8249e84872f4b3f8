namespace Reeve.Contract.OpenApi;

/// <summary>A rule over one value that already fits its schema, given as its JSON text; null when it is kept.</summary>
internal delegate CheckFault? SchemaCheck(ReadOnlySpan<byte> json);
