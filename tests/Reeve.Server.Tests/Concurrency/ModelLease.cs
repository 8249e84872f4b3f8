namespace Reeve.Server.Tests.Concurrency;

internal sealed record ModelLease(string[] Names, int Slots, DateTimeOffset Created, DateTimeOffset Expiration);
