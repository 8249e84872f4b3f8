namespace Reeve.Contract.OpenApi;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Type">The contract's word for the kind of fault, such as <c>missing</c>.</param>
/// <param name="Loc">Where: <c>body</c>, <c>query</c>, <c>path</c> or <c>header</c>, then the way down.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Input">The refused value as JSON; empty means null.</param>
public sealed record RequestFault(string Type, IReadOnlyList<LocPart> Loc, string Message, ReadOnlyMemory<byte> Input);
