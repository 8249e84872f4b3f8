using System.Text.Json.Serialization;
using Reeve.Core;

namespace Reeve.Contract.Artifacts;

public sealed class Artifact
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string? Key { get; set; }

    public string? Type { get; set; }

    public string? Description { get; set; }

    public RawJson Data { get; set; }

    [JsonPropertyName("metadata_")]
    public RawJson Metadata { get; set; }

    public Guid? FlowRunId { get; set; }

    public Guid? TaskRunId { get; set; }
}
