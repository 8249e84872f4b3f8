namespace Reeve.Server.Streams;

/// <summary>Something to show, and the message that shows it, which is written once for all readers.</summary>
internal sealed record StreamItem<T>(Guid Id, T Value, ReadOnlyMemory<byte> Frame);
