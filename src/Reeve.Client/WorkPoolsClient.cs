using Reeve.Client.Http;
using Reeve.Contract.WorkPools;

namespace Reeve.Client;

/// <summary>Work pools, their queues, their workers, and the runs waiting in them.</summary>
public sealed class WorkPoolsClient
{
    private readonly ApiConnection _connection;

    internal WorkPoolsClient(ApiConnection connection) => _connection = connection;

    public Task<WorkPoolResponse> CreateAsync(WorkPoolCreate pool, CancellationToken cancel = default) =>
        _connection.PostAsync<WorkPoolCreate, WorkPoolResponse>("work_pools/", pool, cancel);

    public Task<WorkPoolResponse> ReadAsync(string pool, CancellationToken cancel = default) => _connection.GetAsync<WorkPoolResponse>(Path(pool), cancel);

    public Task<List<WorkPoolResponse>> FilterAsync(WorkPoolFilterRequest filter, CancellationToken cancel = default) =>
        _connection.PostAsync<WorkPoolFilterRequest, List<WorkPoolResponse>>("work_pools/filter", filter, cancel);

    public Task UpdateAsync(string pool, WorkPoolUpdate update, CancellationToken cancel = default) =>
        _connection.SendAsync(HttpMethod.Patch, Path(pool), update, cancel);

    public Task DeleteAsync(string pool, CancellationToken cancel = default) => _connection.SendAsync(HttpMethod.Delete, Path(pool), null, cancel);

    /// <summary>Runs that are due up to the given instant, in the order they should start.</summary>
    public Task<List<WorkerFlowRunResponse>> GetScheduledFlowRunsAsync(string pool, WorkPoolScheduledFlowRunsRequest request, CancellationToken cancel = default) =>
        _connection.PostAsync<WorkPoolScheduledFlowRunsRequest, List<WorkerFlowRunResponse>>($"{Path(pool)}/get_scheduled_flow_runs", request, cancel);

    public Task<WorkQueueResponse> CreateQueueAsync(string pool, WorkQueueCreate queue, CancellationToken cancel = default) =>
        _connection.PostAsync<WorkQueueCreate, WorkQueueResponse>($"{Path(pool)}/queues", queue, cancel);

    public Task<WorkQueueResponse> ReadQueueAsync(string pool, string queue, CancellationToken cancel = default) =>
        _connection.GetAsync<WorkQueueResponse>($"{Path(pool)}/queues/{Uri.EscapeDataString(queue)}", cancel);

    public Task<List<WorkQueueResponse>> FilterQueuesAsync(string pool, WorkPoolQueueFilterRequest filter, CancellationToken cancel = default) =>
        _connection.PostAsync<WorkPoolQueueFilterRequest, List<WorkQueueResponse>>($"{Path(pool)}/queues/filter", filter, cancel);

    /// <summary>Says that a worker lives.</summary>
    public Task HeartbeatAsync(string pool, WorkerHeartbeatRequest heartbeat, CancellationToken cancel = default) =>
        _connection.SendAsync(HttpMethod.Post, $"{Path(pool)}/workers/heartbeat", heartbeat, cancel);

    public Task<List<WorkerResponse>> FilterWorkersAsync(string pool, WorkerFilterRequest filter, CancellationToken cancel = default) =>
        _connection.PostAsync<WorkerFilterRequest, List<WorkerResponse>>($"{Path(pool)}/workers/filter", filter, cancel);

    private static string Path(string pool) => $"work_pools/{Uri.EscapeDataString(pool)}";
}
