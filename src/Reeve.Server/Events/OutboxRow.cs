using Reeve.Core;

namespace Reeve.Server.Events;

/// <summary>An event that waits for delivery.</summary>
internal sealed record OutboxRow(long Id, RawJson Event, DateTimeOffset Created);
