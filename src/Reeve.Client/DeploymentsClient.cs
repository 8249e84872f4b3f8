using Reeve.Client.Http;
using Reeve.Contract.Deployments;
using Reeve.Contract.FlowRuns;

namespace Reeve.Client;

/// <summary>Deployments and their schedules.</summary>
public sealed class DeploymentsClient
{
    private readonly ApiConnection _connection;

    internal DeploymentsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates the deployment, or replaces the one of this flow that has the name.</summary>
    public Task<DeploymentResponse> CreateAsync(DeploymentCreate deployment, CancellationToken cancel = default) =>
        _connection.PostAsync<DeploymentCreate, DeploymentResponse>("deployments/", deployment, cancel);

    public Task<DeploymentResponse> ReadAsync(Guid id, CancellationToken cancel = default) =>
        _connection.GetAsync<DeploymentResponse>($"deployments/{id}", cancel);

    public Task<DeploymentResponse> ReadByNameAsync(string flow, string deployment, CancellationToken cancel = default) =>
        _connection.GetAsync<DeploymentResponse>($"deployments/name/{Uri.EscapeDataString(flow)}/{Uri.EscapeDataString(deployment)}", cancel);

    public Task<List<DeploymentResponse>> FilterAsync(DeploymentFilterRequest filter, CancellationToken cancel = default) =>
        _connection.PostAsync<DeploymentFilterRequest, List<DeploymentResponse>>("deployments/filter", filter, cancel);

    public Task<FlowRunResponse> CreateFlowRunAsync(Guid id, DeploymentFlowRunCreate run, CancellationToken cancel = default) =>
        _connection.PostAsync<DeploymentFlowRunCreate, FlowRunResponse>($"deployments/{id}/create_flow_run", run, cancel);

    public Task UpdateAsync(Guid id, DeploymentUpdate update, CancellationToken cancel = default) =>
        _connection.SendAsync(HttpMethod.Patch, $"deployments/{id}", update, cancel);

    public Task DeleteAsync(Guid id, CancellationToken cancel = default) => _connection.SendAsync(HttpMethod.Delete, $"deployments/{id}", null, cancel);

    /// <summary>Stops scheduling runs of the deployment.</summary>
    public Task PauseAsync(Guid id, CancellationToken cancel = default) =>
        _connection.SendAsync(HttpMethod.Post, $"deployments/{id}/pause_deployment", null, cancel);

    /// <summary>Schedules runs of the deployment again.</summary>
    public Task ResumeAsync(Guid id, CancellationToken cancel = default) =>
        _connection.SendAsync(HttpMethod.Post, $"deployments/{id}/resume_deployment", null, cancel);

    public Task<List<DeploymentSchedule>> ReadSchedulesAsync(Guid id, CancellationToken cancel = default) =>
        _connection.GetAsync<List<DeploymentSchedule>>($"deployments/{id}/schedules", cancel);

    public Task UpdateScheduleAsync(Guid id, Guid schedule, DeploymentScheduleUpdate update, CancellationToken cancel = default) =>
        _connection.SendAsync(HttpMethod.Patch, $"deployments/{id}/schedules/{schedule}", update, cancel);
}
