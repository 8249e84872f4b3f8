using Reeve.Contract.WorkPools;

namespace Reeve.Server.WorkPools;

/// <summary>A work pool as it is answered, with what only the server knows of it.</summary>
internal sealed record WorkPoolRecord(WorkPoolResponse Wire)
{
    /// <summary>The type of pools that agents poll; they have no status and no template.</summary>
    public const string AgentType = "prefect-agent";

    /// <summary>How long the previous status event is worth being followed.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    public Guid Id => Wire.Id;

    public string Name => Wire.Name;

    public bool HasStatus => Wire.Type != AgentType;

    public DateTimeOffset? LastTransition { get; init; }

    public Guid? LastStatusEvent { get; init; }

    /// <summary>Whether a worker of the pool is stored as online.</summary>
    public bool HasOnlineWorker { get; init; }

    /// <summary>The status event that one at <paramref name="now"/> follows.</summary>
    public Guid? Precedes(DateTimeOffset now) => LastTransition is { } last && now - last < Recent ? LastStatusEvent : null;
}
