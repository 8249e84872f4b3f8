using Reeve.Contract.Events;

namespace Reeve.Server.Automations.Triggers;

/// <summary>An event that waits for the one it follows, and the row it waits in.</summary>
internal sealed record Follower(Guid Row, ReceivedEvent Told);
