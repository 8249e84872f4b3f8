namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>Give back slots for which no lease is known, whether or not the limit is active; never below zero.</summary>
public sealed record GiveBackSlots(Guid LimitId, int Slots) : SlotWrite;
