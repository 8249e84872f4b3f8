namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>A change to slots or leases that belongs to a decision and commits with it.</summary>
public abstract record SlotWrite;
