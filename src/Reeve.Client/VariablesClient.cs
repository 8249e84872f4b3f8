using Reeve.Client.Http;
using Reeve.Contract.Variables;

namespace Reeve.Client;

/// <summary>Variables.</summary>
public sealed class VariablesClient
{
    private readonly ApiConnection _connection;

    internal VariablesClient(ApiConnection connection) => _connection = connection;

    public Task<Variable> ReadByNameAsync(string name, CancellationToken cancel = default) =>
        _connection.GetAsync<Variable>($"variables/name/{Uri.EscapeDataString(name)}", cancel);
}
