using Reeve.Client.Http;
using Reeve.Core;

namespace Reeve.Client;

/// <summary>Events that a consumer of the server could not digest. Only Reeve's server has these routes.</summary>
public sealed class DeadLettersClient
{
    private readonly ApiConnection _connection;

    internal DeadLettersClient(ApiConnection connection) => _connection = connection;

    /// <summary>A list of objects, oldest first, without the events.</summary>
    /// <param name="consumer">Only those of this consumer; null for all.</param>
    /// <param name="limit">At most so many, 1 to 200.</param>
    /// <param name="offset">How many to leave out.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<RawJson> ListAsync(string? consumer, int limit, int offset = 0, CancellationToken cancel = default)
    {
        var of = consumer is null ? "" : $"&consumer={Uri.EscapeDataString(consumer)}";
        return RawJson.Parse(await _connection.SendAsync(HttpMethod.Get, $"reeve/dead_letters?limit={limit}&offset={offset}{of}", null, cancel));
    }

    /// <summary>One with its event.</summary>
    public async Task<RawJson> ReadAsync(Guid id, CancellationToken cancel = default) =>
        RawJson.Parse(await _connection.SendAsync(HttpMethod.Get, $"reeve/dead_letters/{id}", null, cancel));

    /// <summary>Gives it to its consumer again; it is gone when this returns.</summary>
    /// <exception cref="ApiException">Status 409: the consumer cannot take it, for the reason in the message.</exception>
    public Task ReplayAsync(Guid id, CancellationToken cancel = default) => _connection.SendAsync(HttpMethod.Post, $"reeve/dead_letters/{id}/replay", null, cancel);

    public Task DeleteAsync(Guid id, CancellationToken cancel = default) => _connection.SendAsync(HttpMethod.Delete, $"reeve/dead_letters/{id}", null, cancel);
}
