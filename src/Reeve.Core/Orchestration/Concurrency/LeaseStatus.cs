namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>What is known about a lease named by a state.</summary>
public enum LeaseStatus
{
    /// <summary>No trace of it: it was made by a server whose leases did not survive.</summary>
    Unknown,

    /// <summary>It exists, perhaps past its expiration, and its slots are counted.</summary>
    Held,

    /// <summary>It existed and its slots have been given back.</summary>
    GivenBack,
}
