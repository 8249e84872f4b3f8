namespace Reeve.Server.WorkPools.Cleanup;

/// <summary>What became of reservations whose lease had ended.</summary>
/// <param name="Redelivered">Orders that wait for a worker again.</param>
/// <param name="DeadLettered">Orders that were handed out too often and are set aside.</param>
/// <param name="NextDue">When the next lease ends, if any is held.</param>
internal sealed record CleanupExpiry(int Redelivered, int DeadLettered, DateTimeOffset? NextDue);
