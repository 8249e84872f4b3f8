namespace Reeve.Core.Orchestration;

/// <summary>An artifact row to create for the data of a stored state; the state's row points to it.</summary>
public sealed record ResultArtifact
{
    public required Guid Id { get; init; }

    public Guid? FlowRunId { get; init; }

    public Guid? TaskRunId { get; init; }

    /// <summary>Makes the artifact part of the collection of that key.</summary>
    public string? Key { get; init; }

    public string? Type { get; init; }

    public string? Description { get; init; }

    public required RawJson Data { get; init; }
}
