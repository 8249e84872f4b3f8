using Reeve.Client.Http;
using Reeve.Contract.Logs;

namespace Reeve.Client;

/// <summary>Log lines.</summary>
public sealed class LogsClient
{
    private readonly ApiConnection _connection;

    internal LogsClient(ApiConnection connection) => _connection = connection;

    public Task CreateAsync(List<LogCreate> lines, CancellationToken cancel = default) => _connection.SendAsync(HttpMethod.Post, "logs/", lines, cancel);

    public Task<List<Log>> FilterAsync(LogFilterRequest filter, CancellationToken cancel = default) =>
        _connection.PostAsync<LogFilterRequest, List<Log>>("logs/filter", filter, cancel);
}
