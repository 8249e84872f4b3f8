using Reeve.Client.Http;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.States;

namespace Reeve.Client;

/// <summary>Flow runs.</summary>
public sealed class FlowRunsClient
{
    private readonly ApiConnection _connection;

    internal FlowRunsClient(ApiConnection connection) => _connection = connection;

    public Task<FlowRunResponse> CreateAsync(FlowRunCreate run, CancellationToken cancel = default) =>
        _connection.PostAsync<FlowRunCreate, FlowRunResponse>("flow_runs/", run, cancel);

    public Task<FlowRunResponse> ReadAsync(Guid id, CancellationToken cancel = default) => _connection.GetAsync<FlowRunResponse>($"flow_runs/{id}", cancel);

    public Task<List<FlowRunResponse>> FilterAsync(FlowRunFilterRequest filter, CancellationToken cancel = default) =>
        _connection.PostAsync<FlowRunFilterRequest, List<FlowRunResponse>>("flow_runs/filter", filter, cancel);

    public Task UpdateAsync(Guid id, FlowRunUpdate update, CancellationToken cancel = default) =>
        _connection.SendAsync(HttpMethod.Patch, $"flow_runs/{id}", update, cancel);

    /// <summary>Proposes a state. The server may accept it, put another in its place, ask to wait, or refuse.</summary>
    /// <param name="id">The flow run.</param>
    /// <param name="state">The state proposed.</param>
    /// <param name="force">Skip the orchestration rules.</param>
    /// <param name="cancel">Stops waiting for the answer.</param>
    public Task<OrchestrationResult> SetStateAsync(Guid id, StateCreate state, bool force = false, CancellationToken cancel = default) =>
        _connection.PostAsync<SetStateRequest, OrchestrationResult>($"flow_runs/{id}/set_state", new SetStateRequest { State = state, Force = force }, cancel);

    public Task DeleteAsync(Guid id, CancellationToken cancel = default) => _connection.SendAsync(HttpMethod.Delete, $"flow_runs/{id}", null, cancel);
}
