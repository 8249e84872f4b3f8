using Reeve.Client.Http;
using Reeve.Contract.Flows;

namespace Reeve.Client;

/// <summary>Flows.</summary>
public sealed class FlowsClient
{
    private readonly ApiConnection _connection;

    internal FlowsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates the flow, or returns the one that has the name.</summary>
    public Task<Flow> CreateAsync(FlowCreate flow, CancellationToken cancel = default) => _connection.PostAsync<FlowCreate, Flow>("flows/", flow, cancel);

    public Task<Flow> ReadAsync(Guid id, CancellationToken cancel = default) => _connection.GetAsync<Flow>($"flows/{id}", cancel);

    public Task<List<Flow>> FilterAsync(FlowFilterRequest filter, CancellationToken cancel = default) =>
        _connection.PostAsync<FlowFilterRequest, List<Flow>>("flows/filter", filter, cancel);
}
