namespace Reeve.Core.Orchestration.Concurrency;

/// <summary>A row of the old per-tag limit table, which lists its holders.</summary>
public sealed record LegacyTagLimit
{
    public required Guid Id { get; init; }

    public required string Tag { get; init; }

    /// <summary>How many task runs with the tag may run at once.</summary>
    public required int Limit { get; init; }

    /// <summary>The task runs that hold a slot.</summary>
    public IReadOnlyList<Guid> Holders { get; init; } = [];
}
