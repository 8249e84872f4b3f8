namespace Reeve.EndToEnd.Tests;

/// <summary>A flow run as its holder knows it.</summary>
internal sealed class SlotRun(Guid id, string limit)
{
    public Guid Id => id;

    /// <summary>The name of its deployment's limit.</summary>
    public string Limit => limit;

    public string State { get; set; } = "SCHEDULED";

    public Guid? Lease { get; set; }

    /// <summary>Its lease is over and may be gone.</summary>
    public bool IsLapsed { get; set; }

    public bool Occupies => State is "PENDING" or "RUNNING" or "CANCELLING";

    public bool IsDone => State is "COMPLETED" or "FAILED" or "CANCELLED" or "CRASHED";
}
