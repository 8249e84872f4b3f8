namespace Reeve.Server.Messaging;

/// <summary>A message: what it is known by, and its JSON.</summary>
internal readonly record struct Message(Guid Id, ReadOnlyMemory<byte> Json);
