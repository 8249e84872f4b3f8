namespace Reeve.Server.WorkPools.Cleanup;

/// <summary>An order that one worker holds until its lease ends. Only whoever knows the token may confirm it.</summary>
internal sealed record CleanupReservation(CleanupOrder Order, string Token, DateTimeOffset LeaseExpiresAt);
