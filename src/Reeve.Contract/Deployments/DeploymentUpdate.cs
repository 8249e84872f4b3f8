using Reeve.Core;

namespace Reeve.Contract.Deployments;

public sealed class DeploymentUpdate
{
    public Optional<string?> Version { get; set; }

    public Optional<string?> Description { get; set; }

    public Optional<bool> Paused { get; set; }

    public Optional<List<DeploymentScheduleUpdate>> Schedules { get; set; }

    public Optional<int?> ConcurrencyLimit { get; set; }

    public Optional<ConcurrencyOptions?> ConcurrencyOptions { get; set; }

    public Optional<Guid?> GlobalConcurrencyLimitId { get; set; }

    public Optional<RawJson> Parameters { get; set; }

    public Optional<RawJson> ParameterOpenapiSchema { get; set; }

    public Optional<List<string>> Tags { get; set; }

    public Optional<string?> WorkQueueName { get; set; }

    public Optional<string?> WorkPoolName { get; set; }

    public Optional<string?> Path { get; set; }

    public Optional<RawJson> JobVariables { get; set; }

    public Optional<List<RawJson>?> PullSteps { get; set; }

    public Optional<string?> Entrypoint { get; set; }

    public Optional<Guid?> StorageDocumentId { get; set; }

    public Optional<Guid?> InfrastructureDocumentId { get; set; }

    public Optional<bool?> EnforceParameterSchema { get; set; }

    public Optional<VersionInfo?> VersionInfo { get; set; }
}
