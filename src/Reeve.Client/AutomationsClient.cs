using Reeve.Client.Http;
using Reeve.Contract.Automations;
using Reeve.Contract.Automations.Explanations;

namespace Reeve.Client;

/// <summary>Automations.</summary>
public sealed class AutomationsClient
{
    private readonly ApiConnection _connection;

    internal AutomationsClient(ApiConnection connection) => _connection = connection;

    public Task<Automation> CreateAsync(AutomationCreate automation, CancellationToken cancel = default) =>
        _connection.PostAsync<AutomationCreate, Automation>("automations/", automation, cancel);

    public Task<Automation> ReadAsync(Guid id, CancellationToken cancel = default) => _connection.GetAsync<Automation>($"automations/{id}", cancel);

    public Task<List<Automation>> FilterAsync(AutomationFilterRequest filter, CancellationToken cancel = default) =>
        _connection.PostAsync<AutomationFilterRequest, List<Automation>>("automations/filter", filter, cancel);

    /// <summary>Has the automation evaluated, or not.</summary>
    public Task SetEnabledAsync(Guid id, bool enabled, CancellationToken cancel = default) =>
        _connection.SendAsync(HttpMethod.Patch, $"automations/{id}", new AutomationPartialUpdate { Enabled = enabled }, cancel);

    public Task DeleteAsync(Guid id, CancellationToken cancel = default) => _connection.SendAsync(HttpMethod.Delete, $"automations/{id}", null, cancel);

    /// <summary>Why it did or did not fire; only Reeve's server answers it.</summary>
    public Task<AutomationExplanation> ExplainAsync(Guid id, CancellationToken cancel = default) =>
        _connection.GetAsync<AutomationExplanation>($"reeve/automations/{id}/explain", cancel);
}
