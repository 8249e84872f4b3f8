using Reeve.Contract.Concurrency;
using Reeve.Core;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentResponse
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Name { get; set; } = "";

    public string? Version { get; set; }

    public string? Description { get; set; }

    public Guid FlowId { get; set; }

    public bool Paused { get; set; }

    public List<DeploymentSchedule> Schedules { get; set; } = [];

    public int? ConcurrencyLimit { get; set; }

    public GlobalConcurrencyLimitResponse? GlobalConcurrencyLimit { get; set; }

    public ConcurrencyOptions? ConcurrencyOptions { get; set; }

    public RawJson JobVariables { get; set; } = RawJson.EmptyObject;

    public RawJson Parameters { get; set; } = RawJson.EmptyObject;

    public List<string> Tags { get; set; } = [];

    public RawJson Labels { get; set; } = RawJson.EmptyObject;

    public string? WorkQueueName { get; set; }

    public Guid? WorkQueueId { get; set; }

    public DateTimeOffset? LastPolled { get; set; }

    public RawJson ParameterOpenapiSchema { get; set; }

    public string? Path { get; set; }

    public List<RawJson>? PullSteps { get; set; }

    public string? Entrypoint { get; set; }

    public Guid? StorageDocumentId { get; set; }

    public Guid? InfrastructureDocumentId { get; set; }

    public CreatedBy? CreatedBy { get; set; }

    public UpdatedBy? UpdatedBy { get; set; }

    public string? WorkPoolName { get; set; }

    public DeploymentStatus? Status { get; set; } = DeploymentStatus.NotReady;

    public bool EnforceParameterSchema { get; set; } = true;
}
