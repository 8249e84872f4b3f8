using Reeve.Core;

namespace Reeve.Server.Events.DeadLetters;

/// <summary>An event that one consumer could not digest; the others have seen it.</summary>
internal sealed record DeadLetter
{
    public required Guid Id { get; init; }

    public required string Consumer { get; init; }

    public required Guid EventId { get; init; }

    public required string EventName { get; init; }

    /// <summary>The event as it was received.</summary>
    public required RawJson Event { get; init; }

    public required DateTimeOffset Received { get; init; }

    /// <summary>Why it failed the last time.</summary>
    public required string Error { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }
}
